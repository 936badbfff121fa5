"""Words of ordinary news Indonesian, by how much their presence tells of what an article is about."""

_EMPTY = """
    acara ada adalah adanya agama agar air ajang akan akhir akhirnya akibat akses aksi aktif aktivitas
    akun alasan alat aman anak anak-anak ancaman and anggaran anggota angka antara antaranya apa apabila
    apakah aparat api aplikasi arah area asal atas atau ataupun aturan awal babak bagaimana bagi bagian
    bagus bahan bahkan bahwa baik bakal balik bantuan banyak barang baru bawah bebas beberapa begitu
    bekerja belakang belakangan belum benar benar-benar bentuk berada berakhir berarti berasal berat
    berbagai berbasis berbeda berdasarkan bergabung bergerak berharap berhasil berita berjalan berlaku
    berlangsung bermain bernama beroperasi bersama berskala bertahan bertambah bertemu berupa berusaha
    berusia besar biasa biasanya biaya bicara bidang bila bintang bisa bisnis bola boleh buat budaya
    bukan bukti bulan calon cara cepat cukup cuma cuma-cuma daerah dalam dampak dan dana dapat dari
    daring dasar data datang daya dekat delapan demi demikian dengan depan desa dia dianggap
    dibandingkan diberi diberikan dibuat dibuka dibutuhkan diduga digelar digital digunakan diharapkan
    dihubungi dikenal diketahui dikutip dilaksanakan dilakukan dilansir diminta dimulai dini dinilai
    dinyatakan dipastikan diperkirakan diri dirinya disampaikan disebut ditemui ditemukan diterapkan
    diterima ditetapkan dokter dua dugaan dukungan dulu dunia efektif ekonomi empat enam fasilitas film
    fisik fitur fokus foto gadget gagal gelar global gol guna hadir hak hal hampir hanya harga hari
    harus hasil hasilnya hati hidup hingga hotel hubungan hukum ibu ikut industri informasi ingin ini
    inovasi internasional investasi itu izin jadi jadwal jalan jalur jam jangan jarak jasa jatuh jauh
    jawab jelas jenis jika juga jumlah justru juta kabar kaki kalah kalangan kalau kali kami kamu kan
    kantor kapasitas karena kartu karya kasus kata katanya kawasan keadaan keamanan kebijakan kebutuhan
    kecil kedua keduanya keempat kegiatan kehadiran kejadian kelas kelompok keluar keluarga kemampuan
    kemarin kembali kemenangan kemudian kemungkinan kendaraan kepada kepolisian keputusan kerap keras
    kerja kerumunan kesehatan kesempatan kesulitan ketat keterangan ketiga ketika keuangan keunggulan
    khusus khususnya kini kita klub komunikasi komunitas kondisi konsumen koordinasi korban korupsi kuat
    kurang laga lagi lain lainnya lakukan lalu lama laman langkah langsung lanjut lanjutnya lapangan
    laporan laut lawan layanan lebih lembaga lengkap lewat lima lingkungan lintas lokal lokasi luar maka
    makan makanan maksimal malam mampu mana mandiri mantan manusia masa masalah masih masing-masing
    masker masuk masyarakat mata mau maupun media melaksanakan melakukan melalui melanjutkan melaporkan
    melawan melibatkan melihat memakai memanfaatkan memang memastikan memasuki membangun membantu
    membawa member memberi memberikan membuat membuka membutuhkan memenuhi memilih memiliki meminta
    memperkuat mempunyai memulai memutuskan menambah menambahkan menang menarik mencapai mencari
    mencatat mencegah mencetak mencoba mendapat mendapatkan mendatang mendorong mendukung menegaskan
    menekan menemukan menengah menerapkan menerima mengajak mengaku mengakui mengalahkan mengalami
    mengambil mengatakan mengatur mengeluarkan mengembangkan mengenai mengenakan mengetahui menggelar
    menggunakan menghadapi mengikuti mengingat mengingatkan mengubah mengumumkan mengunduh mengungkapkan
    mengurangi menikmati menilai menimbulkan meninggal meninggalkan meningkat meningkatkan menit menjadi
    menjaga menjalani menjalankan menjelaskan menuju menunggu menunjukkan menutup menuturkan menyambut
    menyampaikan menyatakan menyebabkan menyebut menyebutkan menyediakan menyelesaikan menyiapkan merah
    meraih merasa mereka merupakan meter miliar milik misalnya mobil model motor muda mudah mulai muncul
    mungkin musik musim naik nama nanti nantinya nasional negara negeri nilai normal nya olahraga oleh
    operasi orang orang-orang organisasi pada pagi paling pandemi panjang para partai pasangan pasar
    pasien pasti pejabat pekan pekerjaan pelaksanaan pelaku pelatih pelayanan peluang pemain pembangunan
    pembatasan pemeriksaan pemerintah pemilihan pemilik pemimpin penanganan pencegahan pendidikan
    penduduk penerapan pengalaman pengawasan pengembangan pengguna penggunaan peningkatan penting penuh
    penularan penumpang penyakit penyebaran per peran perangkat peraturan perawatan percaya perdana
    perekonomian perempuan perhatian peringkat periode perjalanan perkembangan perlu permainan
    permintaan pernah pernyataan pers persen pertahanan pertama pertandingan pertemuan pertumbuhan
    perubahan perusahaan pesan peserta petugas pidana pihak pihaknya pilihan pimpinan platform poin
    polisi politik portal posisi positif potensi pria pribadi produk produksi program proses protokol
    proyek publik pukul pula pulang pun punya putih rakyat rapat rasa rata-rata ratusan rencana rendah
    resmi ribu riset risiko ruang rumah saat saja sakit salah saling sama sampai sana sang sangat sanksi
    satu satunya saya sebagai sebagian sebanyak sebelum sebelumnya sebenarnya sebesar sebuah secara
    sedang sedangkan sedikit segala segera seharusnya sehat sehingga seiring sejak sejumlah sekali
    sekaligus sekarang sekitar sektor selalu selama selanjutnya selesai seluruh semakin sempat semua
    semuanya senang sendiri senilai seorang sepanjang seperti seputar serangan seri sering serta serupa
    sesuai setelah setempat setiap siap siapa singkat sini sisi sistem situasi skor soal sore sosial
    startup statistik suara suatu sudah sukses sulit sumber supaya surat tadi tahap tahu tahun tak
    tambahan tampak tampil tanda tangan tanggal tanpa tantangan tapi target tegas teknis teknologi telah
    tempat tenaga tengah tentang tentu tepat terakhir terang terbaik terbaru terbatas terbesar terbuka
    tercatat terdapat terdiri terhadap terjadi terkait terlalu terlebih terlibat terlihat termasuk
    ternyata terpisah tersangka tersebut tersedia tertentu terus terutama tes tetap tetapi tiba tidak
    tiga tim tindak tindakan tinggal tinggi tingkat titik total transportasi triliun tuan tubuh tujuan
    tujuh tulis turun turut tutur tuturnya uang ucap ucapnya udara ujar ujarnya ulang umum unggul unit
    untuk upaya usaha usai usia utama video virus wajib waktu warga wilayah yaitu yakin yakni yang
"""
EMPTY = frozenset(_EMPTY.split())
"""Words that every twenty-fifth article has, or more: they tell nothing of this one. Lower-case forms."""

_USUAL = """
    absen acuan adat administrasi agak agen agenda agresif ahli akal akrab aktor aktris aku alam alami
    album alias alih-alih aliran alokasi alternatif amat ambil anaknya analisis andalan aneh angin
    angkutan antar antigen antisipasi antusias apa-apa apapun aparatur arahan armada artis arus asa
    asing asli aspek assist asuhan atasnya atlet audio awak awalnya ayah bahagia bahasa bahaya baju
    bakar baku balap balapan band banderol banget bangga bangkit bangsa bangun bangunan banjir bantu
    banyaknya barisan baru-baru barunya batas batasan baterai batu bawa beban beda begini bek belajar
    belanja belasan beli beliau bencana benda bepergian beradaptasi beragam beraktivitas beralih
    berangkat berani berapa beras berawal berbagi berbahan berbahaya berbeda-beda berbelanja berbentuk
    berbicara berbuat bercerita berdampak berdiri beredar berencana berfungsi berganti bergantian
    bergantung bergulir berhadapan berhak berharga berhenti berhubungan berikan berikutnya berinisial
    berisi berisiko berjanji berjarak berjuang berjudul berjumlah berkaitan berkat berkelanjutan
    berkembang berkisar berkolaborasi berkomitmen berkomunikasi berkontribusi berkoordinasi berkualitas
    berkumpul berkunjung berkurang berlanjut berlebihan berlokasi bermanfaat bermula berniat berolahraga
    berpartisipasi berpeluang berpendapat berperan berpikir berpotensi bersaing bersalah bersama-sama
    bersamaan bersangkutan berselang bersemangat bersiap bersifat bersih berstatus bertahap
    bertahun-tahun bertajuk bertanding bertanggung bertanya bertarung bertema bertindak bertugas
    bertujuan berturut-turut berubah berujung berulang beruntun beruntung berupaya bervariasi berwarna
    beserta besok betul betul-betul bikin bilang birokrasi biru blok brand buah buatan buka bukanlah
    buku bulu bumi bunga bunuh bursa buruk burung bus busana butuh cabang cadangan cairan cantik caranya
    cari catatan cedera celah cenderung cerdas cerita cinta coba cocok contoh cuaca cuci dada
    daerah-daerah daftar daging dahulu dalamnya damai dapatkan dapur darah darat daripada darurat debut
    dekade demokrasi demonstrasi denda depannya derajat deras desain desainer destinasi detail detik
    dewasa diadakan diakses diakui dialami dialog dialokasikan diamankan diambil diangkat diantaranya
    diarahkan diatur diawasi dibagikan dibahas dibanding dibangun dibantu dibarengi dibatasi dibawa
    dibayar dibekali dibeli dibentuk diberitakan diberlakukan dicetak diciptakan didampingi didapat
    didapatkan didistribusikan didominasi didorong didukung digantikan dihadapi dihadiri dihadirkan
    dihasilkan dihentikan dihitung dihuni diikuti diisi diizinkan dijadikan dijadwalkan dijaga
    dijalankan dijamin dijual dikabarkan dikatakan dikelola dikeluarkan dikembangkan dikenai dikenakan
    dikerjakan dikhawatirkan dikirim diklaim dikonfirmasi dikunjungi dilanjutkan dilaporkan dilarang
    dilengkapi dilihat diluncurkan dimainkan dimaksud dimana dimanfaatkan dimasukkan dimensi dimiliki
    dimintai dingin dinikmati dipahami dipakai dipanggil dipegang dipenuhi diperbolehkan diperiksa
    diperkuat diperlukan diperoleh diperpanjang diperuntukkan dipicu dipilih dipimpin diprediksi
    diproses diputuskan diraih dirancang dirasakan dirawat direncanakan dirilis disalurkan disambut
    disapa disebabkan disebut-sebut disebutkan disediakan diselenggarakan diselesaikan disepakati
    diserahkan disiapkan disiplin diskusi distribusi disusul ditahan ditambah ditampilkan ditandatangani
    ditangani ditangkap ditanya ditargetkan ditawarkan ditempuh ditentukan diterbitkan ditingkatkan
    ditujukan ditunda dituntut ditutup diubah diumumkan diunggah diungkapkan diusung diwajibkan diyakini
    doa dokumen dolar dollar domestik dosen drastis duduk duel durasi duta edisi edukasi efek efisiensi
    ekor ekosistem eksklusif ekspansi ekspor ekstra elektronik elemen emas end energi enggak enggan
    entah era erat euro evaluasi event fakta faktor fase favorit fenomena final finansial finis for
    forum full fungsi gabungan gaji gambar game ganda gangguan garis gas gawang gaya gejala gelandang
    gelaran gelombang gempa generasi gerai gerakan gigi giliran gratis grup gula gunakan guru habis
    hadapi hadiah hakim hal-hal halaman halnya harap harapan harian harinya harusnya hendak hewan
    hiburan hijau hilang hilir hit hitam hujan hukuman hukumnya hulu huruf hutan ialah ibadah ide
    identitas ikan ilegal ilmu imbang imbauan imbuh imbuhnya impian impor inci individu induk
    infrastruktur ingat inilah inisiatif insentif insiden instansi instruksi instrumen intensif
    intensitas interaksi internal internet inti investor isi isolasi istimewa istirahat istri istrinya
    isu itulah jabatan jaga jajaran jaksa jalanan jaminan jangka janji jantung jarang jari jaring
    jaringan jati jawaban jeda jejak jelang jelasnya jembatan jenazah jiwa jual jumlahnya jutaan kadang
    kafe kaget kajian kala kalian kalinya kamar kamera kampanye kampung kanal kanan kandang kandidat
    kanker kapal kapan kapten karakter karantina karier kariernya karyawan kasih katakan kategori kaum
    kawan-kawan kaya kayu kebakaran kebanyakan keberadaan keberhasilan kebersihan kebiasaan kecantikan
    kecelakaan kecepatan kecuali kedatangan kedelapan kedisiplinan kedudukan keenam kehidupan kehilangan
    kehormatan keinginan kejahatan kekalahan kekasih kekerasan kekhawatiran kekuatan kekurangan
    kelahiran kelengkapan keliling kelima keluarganya kemajuan kemanusiaan kematian kemerdekaan
    kemitraan kemudahan kena kenaikan kenapa kendala kenyataannya kepastian kepatuhan kepedulian
    kepemilikan kepemimpinan kepentingan kepercayaan keramaian kereta kerugian kerusakan kesadaran
    kesalahan kesan kesejahteraan keselamatan keseluruhan kesepakatan ketentuan keterbatasan
    keterlibatan ketersediaan ketimbang keuntungan kewajiban kewenangan khas khawatir kian kilogram
    kilometer kinerja kiper kira kiri kisah klasemen kluster kode kok kolaborasi koleksi kolom komentar
    komitmen kompetensi kompetisi kompleks komponen komputer kondisinya kondusif konektivitas konferensi
    konfirmasi konflik konsep konser konsisten konstruksi konsumsi kontak konten kontra kontrak
    kontribusi kontrol korona kosong kota-kota kotak kreatif kredit kriminal krisis kriteria kritik
    krusial kualifikasi kualitas kuasa kulit kumparan kunci kuning kunjung kunjungan kursi kurun
    laboratorium lagi-lagi lagu lah lahan lahir lain-lain laju laki-laki lambat lampu lancar lanjutan
    lantai lantaran lantas lapisan laptop larangan lari latar latihan layak layaknya layar lebar lemah
    lembar lepas level liar libur liburan lihat lini lipat lisan listrik logistik lolos longsor lonjakan
    luas luka lulus lupa maaf macam mahal mahasiswa main maju makin mal malah manajemen manajer
    mancanegara mandi manfaat manis manual mari markas masif masjid massa massal masukan matahari matang
    material mati mayoritas medali medis meja mekanisme melacak melahirkan melainkan melaju melakukannya
    melancarkan melanda melanggar melapor melarang melatih melayani melebihi melengkapi melepas
    melepaskan melewati melindungi melintas meliputi meluas meluncurkan memacu memadai memahami
    memainkan memakan memaksa memaksimalkan memandang memanggil memangkas memantau memaparkan memasang
    memasukkan mematikan mematuhi membagi membagikan membahas membahayakan membaik membalas membantah
    membatasi membawakan membayar membela membeli membenarkan membentuk memberlakukan membersihkan
    membiarkan membuatnya membuktikan membukukan membunuh memburu memegang memenangi memenangkan
    memeriahkan memeriksa memerintahkan memerlukan memicu memimpin mempelajari mempengaruhi memperbaiki
    mempercepat memperhatikan memperkenalkan memperkirakan memperlihatkan memperluas mempermudah
    memperoleh memperpanjang mempersiapkan mempertahankan mempertanyakan mempertimbangkan memprediksi
    memproduksi memudahkan memulihkan memunculkan memungkinkan memutus menaati menahan menaklukkan
    menampilkan menampung menandatangani menangani menanggapi menangkap menantang menanti menargetkan
    menawarkan mencabut mencakup mencatatkan menceritakan menciptakan mencontohkan mencuci mencuri
    mendaftar mendaftarkan mendampingi mendapati mendarat mendata mendatangi mendatangkan mendekati
    mendengar menderita mendesak mendeteksi mendominasi menduduki menduga menegakkan menekankan menelan
    menembus menempati menempatkan menemui menentukan menerangkan menerbitkan menetapkan mengabaikan
    mengacu mengadakan mengadopsi mengajukan mengakhiri mengakibatkan mengakses mengalihkan mengalir
    mengamankan mengancam mengandalkan mengandung menganggap mengangkat mengangkut mengantar
    mengantisipasi mengantongi mengapa mengapresiasi mengarah mengatasi mengawali mengawasi mengejar
    mengejutkan mengelola mengemas mengenal mengendalikan mengerti mengevaluasi menggagalkan
    menggambarkan menggandeng mengganggu mengganti menggantikan menggeser menghabiskan menghadiri
    menghadirkan menghambat mengharapkan menghargai menghasilkan menghentikan menghilangkan menghindari
    menghubungi menghubungkan mengimbau menginginkan menginstruksikan mengirim mengirimkan mengisi
    mengklaim mengoleksi mengonfirmasi mengonsumsi mengoptimalkan menguasai mengucapkan mengumpulkan
    mengundang mengunggah mengungkap mengunjungi mengurus mengusulkan mengusung menikah menimpa
    meningkatnya meninjau menjabat menjadikan menjalin menjamin menjangkau menjanjikan menjawab
    menjelang menjual menolak mental menu menularkan menulis menunjuk menuntut menurun menurunkan
    menyadari menyajikan menyaksikan menyalurkan menyamakan menyarankan menyasar menyayangkan menyebar
    menyebarkan menyelenggarakan menyenangkan menyentuh menyerahkan menyerang menyerap menyesuaikan
    menyisakan menyita menyoroti menyosialisasikan menyukai menyumbang menyusul menyusun merasakan
    merebut merespons merilis merujuk merusak mesin mesti metode mewajibkan mewakili mewujudkan meyakini
    meyakinkan mikro miliknya militer mimpi minat minim minimal minta minum minuman minyak mirip misi
    miskin mistar mitra mobile mobilitas moda modal mode modern mohon momen momentum mudik muka
    munculnya mundur murah musisi namanya napas narkoba nasib naskah negara-negara negaranya negatif
    nelayan netizen niat nol non nyaman nyaris nyata nyawa obat objek oke olah online operasional
    operator opsi optimal optimistis otak otomatis otoritas pabrik pabrikan padat pahlawan pajak pakai
    pakaian pakar paket palsu panas pandang pandangan pangan panggilan panggung panitia pantai pantauan
    papan papar pariwisata parkir parlemen partisipasi paruh pas pasca pasir pasokan pastikan pasukan
    patuh patut pebalap pedagang peduli pegawai pekerja pelacakan pelajar pelajaran pelanggan pelanggar
    pelanggaran pelantun pelaporan pelatihan pelindung pelonggaran peluncuran pemahaman pemantauan
    pemasaran pembaruan pembayaran pembeli pembelian pembentukan pemberdayaan pemberian pemberlakuan
    pembiayaan pembicaraan pembinaan pembuatan pembukaan pemda pemenang pemerintahan pemesanan pemilih
    pemilu pemuda pemulihan pemungutan penalti penambahan penampilan penangkapan penawaran pencapaian
    pencarian pendaftaran pendanaan pendapat pendapatan pendek pendekatan penderita pendiri pendukung
    penegak penegakan peneliti penelitian penelusuran penerbangan penerbitan penerima penetapan
    pengacara pengadaan pengakuan pengamanan pengambilan pengaturan pengecekan pengelola pengelolaan
    pengeluaran pengembang pengemudi pengendara pengetahuan pengetatan pengganti penggemar penggemarnya
    penghargaan penghasilan pengiriman pengolahan penguasaan penguatan pengujian pengumuman pengunjung
    pengurus pengusaha penindakan peninjauan penjaga penjara penjelasan penjual penjualan penolakan
    penonton pentingnya penulis penundaan penurunan penutupan penyalahgunaan penyaluran penyanyi
    penyebab penyediaan penyelamatan penyelenggara penyelenggaraan penyelesaian penyelidikan penyerang
    penyidik penyidikan perairan peralatan perang perayaan perbaikan perbankan perbatasan perbedaan
    perbelanjaan perbuatan percakapan perdagangan perdamaian perencanaan performa pergerakan pergi
    perguruan perilaku peringatan perintah peristiwa perizinan perjanjian perjuangan perkara perlahan
    perlawanan perlindungan permasalahan permohonan permukiman pernikahan perolehan perpanjangan
    persaingan persatuan persentase persiapan persidangan persis persoalan personal personel persyaratan
    pertamanya pertanian pertanyaan pertengahan pertimbangan pertunjukan perut perwakilan pesawat pesta
    petahana petang petani pihak-pihak pikir pikiran pilih pindah pinjaman pintar pintu pojok pokok pola
    politisi ponsel populer posisinya potongan prestasi pribadinya prinsip prioritas produk-produk
    produsen produser profesi profesional promosi prosedur protes puas puasa pulih puluhan puncak
    punggung pungkas pungkasnya puskesmas putaran putra putri putusan ragu rahasia raihan rajin raksasa
    ramah ramai ranah rancangan rangka rangkaian rantai rasanya rawan reaksi realisasi reformasi
    regional regulasi reguler rekaman rekan rekening rekomendasi rekor relatif remaja rencananya rentan
    resolusi respons restoran ribuan rilis ringan ritel roda ruangan ruas rujukan rukun rumahnya rumor
    rumput rupanya rupiah rusak rute rutin sabar sabun sadar saksi sama-sama sambil sambung sambungnya
    sampaikan sampel samping sanggup sapi sarana sarung sasaran satu-satunya saudara sayap seakan
    sebagaimana sebagainya sebaiknya sebatas sebelah sebentar sebetulnya sebulan sebut sederhana
    sedikitnya segar segi segmen seharga sehari sehari-hari sejalan sejarah sejatinya sekadar sekelompok
    sekitarnya sekolah selaku selamat selebriti selisih seluas seluler semacam semangat sembari sembilan
    sembuh semestinya semifinal seminggu sempurna semula senada sengaja seni senior senjata sensor
    seolah sepak sepakan sepakat sepatu sepeda sepekan sepenuhnya sepertinya sepuluh serangkaian
    serentak serius sertifikasi sesama sesekali seseorang sesi sesuatu setahun setara setelahnya
    setengah setidaknya setinggi setuju seusai shalat siang siaran sibuk sidang signifikan sih sikap
    silam silang simulasi sinergi sipil sisa sisanya siswa situ situs skala skema skenario skuat
    smartphone solidaritas solusi sopir sorotan sosialisasi sosok spesial spesifikasi spesimen staf
    standar status stok strategi strategis striker studi suami suaminya suap suasana suci sudut suhu
    suka suku sungai survei susah sutradara swab swasta syarat syuting tahan tahanan tahapan tahun-tahun
    tahunan tajam taksi takut tambah tambahnya tampaknya tamu tangga tanggung tangkap tangkis tanya
    tarif tata tatap tegasnya tekanan teknik telak telepon televisi tema teman teman-teman tembakan
    tempat-tempat tempatnya temuan tenang tendangan tenggorokan tentara tentunya tepatnya tepi terancam
    terangnya terasa terbang terbanyak terbarunya terbiasa terbilang terbuat terbukti tercapai tercipta
    terdaftar terdakwa terdampak terdekat terdengar terduga tergabung terganggu tergantung tergolong
    terhitung terima terinfeksi terintegrasi terjadinya terjun terkadang terkena terkenal terkendali
    terkini terkonfirmasi terlepas terletak terluka terminal ternama terobosan teror terpaksa terpapar
    terpenting terpilih tersebar tersendiri tersisa tertangkap tertarik tertinggal tertinggi tertular
    tertulis tertunda tertutup terungkap test tetangga tewas tiap tiba-tiba tidur tiket time timnya
    tingginya tipe tipis titel toko tokoh tol tolong tombol ton tradisional transaksi transfer transisi
    tren triwulan trofi tua tubuhnya tuduhan tugasnya tulang tulisan tumbuh tunai tunggal tunggu tuntas
    tuntutan turnamen tutup ucapan uji ujung ukuran umat umpan umumnya undangan unggahan ungkap
    ungkapnya unik unsur urusan urutan usap utamanya vaksin vaksinasi varian verifikasi versi via viral
    virtual visi vitamin volume vonis wabah wajah wajar waktunya walau walaupun wanita warganya warna
    wartawan warung wasit waspada wawancara wilayahnya wisata wisatawan wujud zaman zona
"""
USUAL = frozenset(_USUAL.split())
"""Words that every hundredth article has: they tell of the topic rather than the event. Lower-case forms."""
