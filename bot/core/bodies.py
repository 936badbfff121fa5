"""Capitalised words of ministries, firms, parties, clubs, papers and days: no part of a person's name."""

_BODIES = """
    ac adik administrasi advokasi afp afrika agama agraria agustus ahad air ajax akun aliansi alumni
    amanat anak and anggaran antara antarlembaga ap aparatur api apotek apple april arab arema arsenal as
    asean asia asosiasi aspirasi association asuransi atletico ayah badan bagian bahasa bandara bangsa
    bank bantuan bapak barat barca barcelona bareskrim baru basarnas bawah bawaslu bayern bbc bencana
    benfica berdikari berita berkarya bersama bersih besar bhayangkara bicara bidang bina bintang biro
    birokrasi blok bloomberg bnpb bola borneo budaya bukalapak bulan bulog bumi bumn buruh cabang catatan
    cavaliers center centre chelsea chief cina city club cnn commission commissioner communication
    communications company corporate corporation council covid covid-19 daerah dagang dagri dalam dan
    darat dari data daya demokrat dengan deputy desa desember detik detikcom dewan di dinas dini director
    direksi direktorat disiplin divisi dki dortmund dpd dpp dpr dprd dpw ducati dunia dusun ekonomi ekraf
    eksekutif energi eropa etik everton executive facebook fakultas fc februari federasi ferrari financial
    fisip fiskal for formatur forum foundation fraksi gabungan garuda gas gedung gelora gempa general
    geofisika geologi gerakan gereja gerindra global go-jek goal gojek golden golkar google grab group
    grup guardian gugus guru hak hanura hari harian head hewan hijau himpunan hitam honda hong hotel
    hotspur hubungan hukum humas hutan ibu idul ikatan ilmu imam indosat industri informasi informatika
    inovasi inspektorat instagram institut institute intelijen inter intern internasional international
    investasi ipb islam istana istiqlal istri itb its jalan januari jasa jawa jawapos jaya jenderal juli
    jumat juni junior juventus kabinet kabupaten kafe kajian kakak kalbar kalsel kaltara kalteng kaltim
    kamis kampung kantor karantina karyawan kav kawasan kcna keadilan keamanan kebangkitan kebangsaan
    kebayoran kebijakan kebudayaan kehormatan kehutanan kejagung kejaksaan kejati kekerasan kelas kelautan
    kelompok keluarga kelurahan kemanusiaan kemenag kemendag kemendagri kemendikbud kemenhan kemenhub
    kemenkes kemenkeu kemenkominfo kemenkumham kemenlu kemenpora kemensos kementan kepala kependudukan
    keponakan kepri kerabat kereta kerja kesatuan kesehatan kesejahteraan keselamatan ketahanan
    ketenagakerjaan keuangan khusus kimia klimatologi klinik koalisi kodam kodim kominfo komisi komite
    komnas kompas komunikasi kongres konservasi konsorsium konstitusi kopassus koperasi koran korlantas
    korps kota kpai kpk kpu kreatif ktm kyodo lab labuhan lakers lama lanjutan lapangan laut lautan
    layanan lazio league lebaran legislasi leicester lembaga lembang lingkungan liputan6 listrik liverpool
    logistik luar lyon madya mahasiswa mahkamah majelis makro mal malam mall managing manajemen manchester
    manusia mapolda mapolres mapolri marca maret market marketing marketplace masjid maskapai masyarakat
    media mei merah mercedes meteorologi microsoft mikro milan milik mineral minggu minyak mitigasi mitra
    mk modal model monaco moneter movistar mpr muda muhammadiyah mui muka munchen munich museum muslim
    nadhlatul nahdlatul napoli nasdem nasional natal national negara negeri netizen no november nu nusa of
    office officer ojk okezone oktober olahraga ombudsman operasi operating orangtua organisasi
    organisation otomotif otonomi otoritas pagi pajak pakar paman pan pangan pantai pariwisata partai
    pasangan pasar pasca pasukan pbb pbnu pdi pdi-p pdip pekerjaan pelabuhan pelajar pelayanan pelayaran
    pelindung pembangunan pemberdayaan pembina pemda pemilu pemkab pemkot pemprov pemuda penanaman
    penanganan penanggulangan penasihat pendayagunaan pendidikan penelitian penerangan penerbangan penerus
    pengadilan pengarah pengawas pengawasan pengembangan pengurus penjabat penyantun penyelenggara
    perbankan perdagangan perekonomian perempuan perencanaan perguruan perhimpunan perhubungan perikanan
    perindo perindustrian perizinan perjuangan perkapalan perkebunan perlindungan permukiman pers
    persatuan persebaya persela persib persiba persija persipura pertahanan pertamina pertanahan pertanian
    pertimbangan perumahan perusahaan perwakilan pesantren petang petronas pidana pihak pilkada pimpinan
    pintu pkb pks pleno pln polda polisi politeknik politik polres polresta polri polsek pondok porto
    posko post ppp pramuka pratama president presidium prodi program promosi propam properti provinsi psg
    psi psm pssi pt public pulau puncak pusat puskesmas putih putra putri rabu raja rakyat ramadan
    ramadhan ratu raya real reformasi rekan relations repsol republik republika research reserse reskrim
    resor resort resto restoran retail reuters revolusi ri riset ritel rs rsud rsup rt ruang rumah rw
    sabtu sahabat sains sakit sampah samsung sanksi santri satgas satpol satu satuan satwa school sd sdm
    secretary sejahtera sekolah sektor selasa selatan semen senin senior september serantau serikat
    sevilla shopee siang sipil sistem sma smk smp society sore sosial sosialisasi southampton spanyol
    stadion stasiun state strategi strategic strategis studi studies suami suku sumber suzuki swasta
    syariah tahun talkshow taman tambang tanah tanjung tata tbk technology teknik teknologi telekomunikasi
    televisi telkom telkomsel tempo tenaga tengah tenggara terminal terpadu tertinggal the tim times
    timnas timur tinggi tionghoa tki toko tokopedia tol tottenham tower transmigrasi transportasi
    traveloka tribun tribunnews tsunami tugas twitter udara ugm ui uin ulama umat umkm ummat umum unair
    undip unicef unit united universitas university unpad urusan usaha utama utara vice viva vulkanologi
    warganet warriors whatsapp who wib wilayah william-s wisata wit wita world xinhua yamaha yayasan
    youtube zona
"""
BODIES = frozenset(_BODIES.split())
"""Lower-case forms."""
