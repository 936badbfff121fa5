"""Ordinary nouns and verbs that open sentences, headings and names of events: no part of a person's name."""

_COMMON_WORDS = """
    acara adaptasi agak agenda ajakan ajang akses aksi aktivitas akumulasi alat alih aliran alokasi
    ambisi analisis ancaman aneh aneka anggapan angin angka angkutan antusias aparat arahan area armada
    arus aset aspek asrama aturan babak bahan bahaya bangunan banjir bansos bantu barang batas bayi
    beban beda bekas bekerja belajar belanja benda bentuk berada beragam beralih berangkat berapa beras
    berat berbeda berbicara berdasar beredar bergabung berharap berhasil berikan bermain bersatu
    bertajuk bertanding bertugas beruntung berusia besok betul biaya bisnis buah bukti butuh cadangan
    capaian cedera cepat cerita coba contoh cuaca cuitan daftar dampak dana dasar datang debut defisit
    denda deretan desain destinasi detail dianggap diangkat diawali dibangun dibantu dibentuk diberi
    dibuka digelar digital diklaim dimulai dipanggil dipercaya diproses diserang diskusi distribusi
    diwarnai doa dokumen dorongan dugaan dukungan edukasi eksekusi ekspektasi ekspor emosi era evaluasi
    fakta faktor fase fasilitas fenomena fitur fokus foto frekuensi fungsi gagasan gaji gambar gejala
    gelar gelaran gelombang gempuran gol gratis gula gunakan hadapi harga hibah hilang hindari hormati
    hujan hukuman ibadah ide identitas imbang imbauan indeks indikator infrastruktur ingat inisiatif
    insentif insiden instrumen interaksi inti investigasi investor isinya isolasi isu izin jadwal
    jajaran jalur jaminan jarak jaringan jauh jawaban jejak jemaah jenazah jenis jujur jurnalis kabar
    kaget kalimat kamar kampanye kan kanker kapal kapasitas karakter karier kasus kategori kaum keadaan
    kegiatan kejutan kekuatan keluhan kenaikan kendala kerjasama kesan kesiapan ketat khawatir kinerja
    kisah klaim klasemen koleksi kombinasi komitmen komoditas kompetisi komponen komposisi konferensi
    konflik konsep konser konsistensi konsumsi konten kontrak kontraksi kontribusi kontroversi
    koordinasi kredit krisis kritikan kualitas kumpulan kunci kunjungan kuota laboratorium laga lagu
    laju lapisan laporan larangan latihan lihat lini lokasi lonjakan luas luka lumayan maaf macam
    makanan makin maklumat manfaat masa massa massal materi mau mayoritas medali mekanisme melatih
    melawan memahami memakai memandang memasuki membaca membahas memberi membuat memiliki meminta
    memperbaiki memperkuat memutus menarik mencapai mencari mencegah mendapat mendekati mendengar
    menerima mengakui mengalami mengambil mengantisipasi mengapresiasi mengatasi mengelola mengenai
    mengenang menggandeng menghadapi menghindari mengikuti menginjak mengisi mengurangi menikah
    menimbang meninggal menit menjadi menjaga menjawab meraih merek metode mewakili militer minat minta
    minuman mirip misi mobil mobilitas modus mohon momen momentum motor mudah muncul musibah musik musim
    naik narapidana nasib naskah niat nilai obat ongkos operasional opsi optimisme pakaian paket pameran
    pandangan pandemi pantauan partisipasi pasokan pastikan pelanggar peluang pemenang pemerasan pemilih
    penambang penanggung pencuri pendapat penegak penemuan penerima penting penuntut penyakit penyebab
    peran perang perangkat perayaan performa perilaku periode perkara persentase persepsi personel pesan
    pesawat pesta petunjuk pikiran pilih pilihan pinjaman pola ponsel posisi potensi praktik
    praperadilan prediksi prestasi prinsip prioritas problem produk produksi prosedur proses protes
    protokol proyek proyeksi publik pukul putusan raihan rangkaian rapat rasio rawan razia reaksi
    regulasi rekaman rekapitulasi rekor remaja rencana revisi rincian risiko riwayat rombongan rumor
    rute sambutan sampaikan saran sasaran saudara sebut sederet sedih sedikit sejarah sekadar sekelompok
    selang selesai selisih semangat semester senang sengketa senjata sentimen sepakan sepasang sepeda
    sepi serangan serangkaian seruan sesi sesuatu setuju sial siap siaran sidang sifat sikap singkat
    sisa situasi situs skema skor skuat solidaritas solusi spekulasi status stimulan stok suap suara
    suasana suhu sukses sulit sumbangan sundulan sungguh survei susah susunan syarat syukur tahap
    tahapan taktik talenta tambahan tampil tampilan tanaman tanda tanggal tanggapan tantangan target
    tarif tatanan tekanan telur tema teman tembakan tempat temuan tendangan tentara tepat terbanyak
    terbaru terbatas terbukti terdampak terhitung terima terjadi terletak teror terpisah tersedia
    tertarik tes tiket tindak tindakan tinggal tingkat tipe titik tolong topik total transaksi
    transformasi tren truk tubuh tulisan tunggu tuntutan turnamen turut tutup uang ucapan uji ukuran
    ulah ulang umpan undangan unggahan unggul upacara upah upaya usia usulan utang vaksin vaksinasi
    varian variasi video visi vonis wacana wajah wajar wajib wanita wawancara wewenang wisatawan wujud
    zat
"""
COMMON_WORDS = frozenset(_COMMON_WORDS.split())
"""Lower-case forms."""
