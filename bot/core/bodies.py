"""Capitalised words of ministries, firms, parties, clubs, papers and days: no part of a person's name."""

_BODIES = """
    ac adik administrasi advokasi afp afrika agama agraria agustus ahad air airlines airways ajax akademi
    akun aliansi alumni amanat anak and anggaran angkatan antara antarlembaga ap aparatur api apotek
    apple april arab arema arsenal as asasi asean asia asosiasi aspirasi association asuhan asuransi
    atletico authority ayah ayat badan bagian bahasa bakamla bandara bangsa bank bantuan bapak bapenda
    bappeda bappenas barat barca barcelona bareskrim baru basarnas batalyon bawah bawaslu bayern baznas
    bbc bencana benfica berdikari berita berkarya bersama bersih besar bhayangkara bicara bidang bina
    bintang biro birokrasi blok bloomberg bnpb bola borneo brigade budaya bukalapak bulan bulog bumi bumn
    bureau bursa buruh business cabang capital catatan cavaliers center centre chelsea chief cina city
    club cnn commerce commission commissioner communication communications company consulting corporate
    corporation council covid covid-19 cukai daerah dagang dagri dalam damkar dan danau darat dari
    darurat data daya democracy demokrat dengan departemen deputy desa desember detik detikcom
    development dewan di digital dinas dini director direksi direktorat disiplin divisi dki dortmund dpd
    dpp dpr dprd dpw ducati dukcapil dunia dusun economics edaran education ekonomi ekraf eksekutif
    electoral elektronik energi energy engineering eropa etik everton executive express facebook fakultas
    fc februari federasi ferrari finance financial fisip fiskal for formatur forum foundation fraksi
    front gabungan gang garuda gas gedung gelora gempa general geofisika geologi gerakan gereja gerindra
    global go-jek goal gojek golden golkar google government grab group grup guardian gugus guru hak
    hanura hari harian head health healthcare hewan hijau himpunan hitam honda hong hospital hospitality
    hotel hotels hotspur hubungan hukum humas hutan ibu idul ikatan ilmu imam independen indosat industri
    industries industry informasi informatika inovasi inspektorat instagram institut institute instruksi
    insurance integrity intelijen inter intern internal internasional international investasi investment
    investments ipb islam istana istiqlal istri itb its jalan januari jasa jawa jawapos jaya jenderal
    juli jumat juni junior jurnal jurusan juventus kabinet kabupaten kafe kajian kakak kalbar kalsel
    kaltara kalteng kaltim kamis kampung kampus kantor karantina karyawan kav kawasan kcna keadilan
    keamanan kebangkitan kebangsaan kebayoran kebijakan kebudayaan kehormatan kehutanan kejagung
    kejaksaan kejati kekerasan kelas kelautan kelompok keluarga kelurahan kemanusiaan kemenag kemendag
    kemendagri kemendikbud kemenhan kemenhub kemenkes kemenkeu kemenkominfo kemenkumham kemenlu kemenpora
    kemensos kementan kepala kependudukan keponakan kepri kerabat kereta kerja kesatuan kesehatan
    kesejahteraan keselamatan kesenian ketahanan ketenagakerjaan keuangan khusus kimia klimatologi klinik
    koalisi kodam kodim komando kominfo komisi komite komnas kompas kompi komunikasi kongres konservasi
    konsorsium konstitusi konstruksi kopassus koperasi koran korlantas korps korupsi kota kpai kpk kpu
    kreatif kriminal ktm kyodo lab labs labuhan lakers lama lanjutan lapangan laut lautan layanan lazio
    league lebaran legislasi leicester lembaga lembang lemhannas lingkungan lintas liputan6 listrik
    liverpool logistics logistik luar lyon madya mahasiswa mahkamah majelis makro mal malam mall
    management managing manajemen manchester manusia mapolda mapolres mapolri marca maret maritim markas
    market marketing marketplace masjid maskapai masyarakat media mei merah mercedes meteorologi
    microsoft migas mikro milan milik milisi mineral minggu minyak mitigasi mitra mk modal model monaco
    moneter motor motors movistar mpr muda muhammadiyah mui muka munchen munich museum muslim nadhlatul
    nahdlatul napoli narkoba narkotika nasdem nasional natal national negara negeri netizen network
    networks no nomor november nu nusa of office officer ojk okezone oktober olahraga ombudsman operasi
    operating orangtua organisasi organisation ormas otomotif otonomi otoritas pagi pajak pakar paman pan
    pangan pangkalan panitia pansus pantai panwas panwaslu pariwisata parlemen partai pasal pasangan
    pasar pasca pasukan pbb pbnu pdi pdi-p pdip pekerjaan pelabuhan pelajar pelayanan pelayaran pelindung
    pemadam pembangunan pembela pemberdayaan pembina pemda pemilu pemkab pemkot pemprov pemuda penanaman
    penanganan penanggulangan penasihat pendayagunaan pendidikan penelitian penerangan penerbangan
    penerus pengadilan pengarah pengawas pengawasan pengembangan pengurus penjabat penyantun
    penyelenggara perbankan perda perdagangan perekonomian perempuan perencanaan pergub perguruan
    perhimpunan perhubungan perikanan perindo perindustrian perizinan perjuangan perkapalan perkebunan
    perlindungan permukiman perppu pers persatuan persebaya persela persib persiba persija persipura
    pertahanan pertamina pertanahan pertanian pertimbangan perumahan perusahaan perwakilan pesantren
    petang petronas piala pidana pihak pilkada pimpinan pintu pkb pks pleno pln polda policy polisi
    politeknik politik polres polresta polri polsek pondok porto posko post ppp pramuka prasarana pratama
    president presidium prodi program promosi propam properti properties property provinsi psg psi psm
    pssi pt public pulau puncak pusat puskesmas puspen putih putra putri rabu raja rakyat ramadan
    ramadhan ratu raya real realty reformasi regional rehabilitasi rekan relations repsol republik
    republika research reserse resimen reskrim resor resort resorts resources resto restoran retail
    reuters revolusi ri riset ritel rs rsud rsup rt ruang rumah rw sabtu sahabat sains sakit sampah
    samsung sanksi santri sarana satgas satpol satu satuan satwa school sd sdm secretary securities
    sejahtera sekolah seksi sektor selasa selatan semen senin senior sentra sepak september serantau
    serikat service services setjen setkab setneg sevilla shopee siang siber sipil sirkuit sistem sma smk
    smp society solution solutions sore sosial sosialisasi southampton spanyol stadion stasiun state
    statistik strategi strategic strategis studi studies studio studios suami suku sumber sungai suzuki
    swasta syariah syndicate system systems tahun talkshow taman tambang tanah tanjung taruna tata tbk
    technology teknik teknis teknologi telekomunikasi televisi telkom telkomsel tempo tenaga tengah
    tenggara terbaik terbuka terminal terpadu tertinggal the tim times timnas timur tindak tinggi
    tionghoa tki toko tokopedia tol tottenham tourism tours tower trading tragedi transit transmigrasi
    transparency transport transportasi travel traveloka tribun tribunnews tsunami tugas twitter udara
    ugm ui uin ulama umat umkm ummat umum unair undang undip unicef unit united universitas university
    unpad upacara urusan usaha utama utara ventures vice viva voli vulkanologi warganet warriors whatsapp
    who wib wilayah william-s wisata wit wita world xinhua yamaha yayasan youtube zona
"""
BODIES = frozenset(_BODIES.split())
"""Lower-case forms."""
