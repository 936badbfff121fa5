"""Capitalised words of Indonesian news that are no part of a person's name: roles, titles, bodies, places, days."""

import re

from bot.core.places import PLACES

TITLES = frozenset(
    "ajun aiptu aipda akbp akp alm almarhum almarhumah bapak besar brigadir brigjen bpk bripka briptu bripda drs dra dr dr. "
    "prof prof. profesor h h. hj hj. haji hajah ir ir. inspektur ipda iptu irjen jend jenderal kapten kh kh. kiai kyai kolonel kombes kombespol komisaris komjen kompol "
    "laksamana laksda laksma letjen letkol letda lettu letnan marsekal marsda marsma madya mayor mayjen muda nyonya pak bu ibu ust. ust "
    "pendeta pertama pol pol. polisi prajurit purn purn. serda sersan sertu serka pelda peltu praka pratu tuan ustad ustadz ustaz ustadzah habib syekh sheikh sir "
    "tni pastor romo uskup kardinal paus pdt pdt. kh. tgk tgh kh k.h k.h. mr mr. mrs mrs. ms. advokat".split()
)
"""Ranks, degrees and forms of address that stand before a name."""

ROLE_HEADS = frozenset(
    "pengendali presidium praktisi sineas sejarawan budayawan arkeolog antropolog penggawa evp vp svp avp general gm corporate partner pembicara insinyur arsitek kandidat penjabat pjs pengawas pejabat istri suami admin agen ahli akademisi aktivis aktor aktris analis anggota arsitek artis asisten atlet bassis bek bendahara bidan bos bupati cagub calon camat capres cawapres ceo cfo chairman chief co-founder coach coo cto dai dandim danjen dankormar danlanal danpuspom danrem dansat dekan deputi desainer direktur direskrimum dirjen dirkrimum dirlantas dirnarkoba dirreskrimsus dirreskrimum dirresnarkoba dirut ditreskrimum dokter dosen drummer duta ekonom eks epidemiolog epidemolog founder gelandang gitaris gubernur guru hakim head host ilmuwan imam influencer jaksa jubir juru jurubicara kabag kabareskrim kabid kabiddokkes kabidhumas kades kadin kadinkes kadis kadisdik kadishub kadispen kadiv kadivhumas kajari kajati kakanwil kaligrafer kanit kapendam kapolda kapolres kapolresta kapolri kapolsek kaprodi kapusdokkes kapusinafis kapuspen kapuspenkum karo karopenmas kasad kasal kasat kasatgas kasatreskrim kasau kasi kasubag kasubbag kasubbid kasubdit kasum kepala ketua ketum khatib kiper komandan komedian komentator komika komisioner komponis konsultan konsumen koordinator korban kordinator kreator kuasa legislator lurah mahasiswa mahasiswi manager managing manajer mantan menag menaker mendag mendagri mendikbud mendikbudristek menhan menhub menkes menkeu menko menkominfo menkop menkopolhukam menkumham menlu menpan menpanrb menpar menparekraf menperin menpora menristek mensesneg mensos mentan menteri menteri-menteri menterinya mentri montir murid musisi nakhoda narasumber nasabah nelayan notaris novelis owner pakar pangdam pangkostrad panglima pasien pebalap pebasket pebisnis pebulutangkis pedagang pegawai pegiat pejabat pekerja pelajar pelaksana pelaku pelanggan pelapor pelatih pelukis pemain pembalap pembawa pembeli pembina pembuat pemerhati pemilik pemimpin pemohon pemred pemuda pemuka penari penasehat penasihat pencipta pendiri penduduk peneliti pengacara pengajar pengamat pengasuh pengelola pengemudi pengendara penggagas penggerak penggiat pengguna pengunjung pengurus pengusaha penjaga penjual penulis penumpang penyair penyanyi penyelenggara penyidik perawat perdana perwakilan perwira pesepakbola peserta pesinetron petani petenis peternak petinggi petugas pilot pimpinan pj plh plt politikus politisi prajurit pramugari presdir presenter presiden president produser psikolog rais rektor relawan saksi santri satpam sekda sekjen sekretariat sekretaris sekum selebgram selebritas senator seniman seskab siswa siswi sopir sosiolog staf striker sultan supervisor sutradara tenaga terdakwa terpidana tersangka tokoh tukang ulama ustaz vice vokalis wadir wadirut wagub wakajati wakapolda wakapolres wakapolri wakapolsek wakasal wakasat waketum wakil wali walikota wamen wamenag wamendag wamenhan wamenkes wamenkeu wamenlu wapemred wapres warga wartawan wasekjen winger youtuber".split()
)
"""Words that name an office, a profession or a part somebody plays; lower-case forms."""

_BODIES = (
    "kompas antara reuters detik detikcom tempo bbc cnn viva okezone republika tribunnews jawapos liputan6 goal marca bloomberg afp ap xinhua kyodo kcna guardian guardian post times universitas mikro makro hotel kafe restoran resto toko mal mall taman pantai museum sd smp sma smk klinik apotek rsup marketplace penjabat pesantren association center centre studies society of the and for usaha milik arsenal chelsea liverpool manchester city barcelona juventus milan inter bayern munchen munich dortmund atletico sevilla tottenham everton leicester southampton arema persebaya persipura persela persiba madura psm borneo bhayangkara semen mitra real ac fc united hotspur barca roma napoli lazio porto benfica ajax psg monaco lyon golden state warriors lakers cavaliers yamaha honda suzuki ducati ktm ferrari mercedes repsol movistar petronas google apple samsung facebook microsoft tokopedia bukalapak gojek go-jek grab traveloka shopee telkomsel indosat anak adik ayah bapak ibu kakak keponakan paman keluarga kerabat pihak rekan orangtua suami istri rakyat raja ratu putra putri model tim pasangan penerus sahabat karyawan bintang guru imam bicara kremlin pentagon aceh administrasi afrika agama ahad aliansi amerika arab as asean asia asosiasi australia badan bagian bahasa bandara bandung bangsa banjarmasin bank banten barat bareskrim baru basarnas batam bawah bawaslu belanda beijing "
    "bekasi bencana bengkulu berita berkarya bersama besar bidang bina biro blitar blok bnpb bogor bola boyolali brasil brunei budaya bulog bumi bumn buruh center cabang china ciamis cianjur cikarang cilegon cimahi cina cirebon club commission "
    "company communication communications corporate corporation council covid covid-19 dalam daerah dagang dagri darat data dengan denpasar depok desa dewan dinas direksi direktorat disiplin divisi dki dpd dpp dpr dprd dpw dunia dusun dan di dari "
    "ekonomi eksekutif eropa executive fakultas federasi filipina foundation fraksi forum fisip gabungan garut gedung geologi gereja gerakan gerindra global golkar gorontalo gresik group grup gugus hak hanura harian hewan himpunan hong hukum hutan humas hubungan "
    "ikatan ilmu india indonesia industri informasi informatika inggris inspektorat institut institute intelijen intern internasional international investasi iran irak islam israel istana itb its ipb ugm ui unair undip unpad uin israel italia jakarta jalan jambi jasa jateng jatim jabar jabodetabek jawa jaya jayapura jember jepang jepara jerman jogja jombang jumat kabinet "
    "kabupaten kalbar kalimantan kalsel kaltara kalteng kaltim kamis kampung kantor karawang karo kawasan keadilan kebangkitan kebangsaan kediri kejaksaan kejagung kejati kekerasan kelas kelautan kelompok kelurahan kemanusiaan kemenag kemendag kemendagri kemendikbud kemenhan kemenhub kemenkes kemenkeu kemenkominfo kemenkumham kemenlu kemenpora kemensos kementan kendari kepala kepri "
    "kerja kesatuan kesejahteraan keselamatan kesehatan keuangan khusus kimia koalisi kodam kodim kominfo komisi komite komnas komunikasi konsorsium konstitusi kongres koperasi kopassus korea korps koran korlantas kota kpai kpk kpu kudus kuningan kupang lab labuhan lampung lapangan lautan laut league lebak lembaga lembang "
    "lingkungan lumajang luar madiun madura magelang mahkamah majelis makassar malang malaysia maluku manado manajemen manusia mapolda mapolres mapolri market marketing masjid masyarakat mataram media medan mesir mk mpr mui muhammadiyah muslim nasdem nasional national negara negeri nias nadhlatul nahdlatul nu ntb ntt nusa nusantara office officer ojk olahraga ombudsman "
    "operasi organisasi organisation otoritas otonomi pacitan padang pajak palangkaraya palembang palestina palu pan pangan papua paris pariwisata partai pasar pasca pasukan pasuruan pati pbnu pbb pdi pdip pdi-p pelabuhan pemda pemilu pemkab pemkot pemprov penanganan penanggulangan pendidikan penerangan pengadilan pengawas pengawasan "
    "penyelenggara perdagangan perekonomian perguruan perhimpunan perindustrian perikanan perkebunan perlindungan permukiman pers persatuan persib persija pertamina pertanian perumahan perusahaan perwakilan pidana pimpinan pilkada pks pkb pln polda polisi politik politeknik polres polresta polri polsek pondok pontianak posko ppp prabumulih prancis perancis program prodi promosi propam properti provinsi psi pssi pt pulau puncak puskesmas pusat "
    "public purwakarta purwokerto pekanbaru raja ramadan ramadhan raya rabu relations republik research resor resort reskrim reserse retail revolusi ri riau riset ritel rs rsud rt rumah rusia rw sabtu sains sakit salatiga samarinda sampah sanksi satgas satpol satuan saudi school sdm secretary sekolah sektor selasa selatan semarang senayan senin senior serang serikat "
    "serikat singapura sipil sistem sleman society solo sosial sosialisasi spanyol stadion stasiun strategi strategic strategis studi subang sukabumi sukoharjo sulawesi sulbar sulsel sultra sulteng sulut sumatera sumatra sumbar sumber sumedang sumsel sumut surabaya surakarta suriah suku swasta swedia syariah taiwan tangerang tanah tanjung tarakan tasikmalaya tata tbk teknik teknologi tegal telekomunikasi telkom "
    "televisi tenaga tengah tenggara terpadu ternate terminal thailand timnas timur tiongkok tim tinggi tionghoa tki tokyo tower trenggalek tribun tugas tuban turki ukraina ulama umat umum umkm unicef unit united universitas university utama utara udara urusan usaha vatikan vietnam washington wilayah william-s who wisata wib wita wit world yayasan yogyakarta york zona "
    "januari februari maret april mei juni juli agustus september oktober november desember minggu ramadhan idul lebaran natal google facebook twitter instagram youtube whatsapp "
    "chief executive operating financial technology vice director general managing deputy senior junior head president commissioner kemanusiaan ekraf kreatif ketenagakerjaan transmigrasi pemberdayaan perempuan perhubungan pertahanan keamanan reformasi birokrasi aparatur pembangunan perencanaan penelitian pengembangan inovasi daya mineral energi sumber kehutanan ruang agraria pertanahan pendayagunaan tertinggal pekerjaan rakyat perumahan kependudukan catatan keluarga penanaman modal pelayanan perizinan satu pintu ketahanan kebudayaan kebijakan advokasi kajian lembaga bantuan layanan hubungan antarlembaga jenderal muda madya pratama satwa konservasi karantina meteorologi klimatologi geofisika vulkanologi mitigasi gempa tsunami moneter fiskal perbankan asuransi otomotif transportasi kereta api penerbangan maskapai bandara pelayaran perkapalan logistik tol jalan tambang minyak gas listrik air bersih mahasiswa alumni pelajar pemuda pramuka santri masjid istiqlal serantau presidium pengurus pleno formatur anggaran legislasi aspirasi etik kehormatan pakar pembina penasihat pertimbangan penyantun pengarah pelindung "
    "sejahtera demokrat perindo gelora garuda hijau hitam putih merah ummat rakyat amanat berdikari perjuangan pembangunan kebangkitan lanjutan muka rw rt kav no tahun bulan hari pagi siang sore malam petang dini"
)
BODIES = frozenset(_BODIES.split())
"""Words of ministries, firms, parties, places and days; lower-case forms."""

_OPENERS = (
    "ada adapun agar akan akhirnya akibat akibatnya alasan alasannya alhamdulillah amat anda antara apa apakah apalagi artinya aku asal atas atau awalnya bagaimana bagi bahkan bahwa baik banyak baru begitu "
    "belakangan belum beberapa benar berbagai berdasarkan berikut bersama berarti berawal bila bisa boleh buat bukan bukannya caranya cara contohnya cukup dalam dan dari daripada dapat demi demikian dengan "
    "di dia diduga dikatakan dikatakannya dikutip dilansir diperkirakan dirinya ditanya ditambahkan diketahui dulu dua eh empat enam enggak entah gerakan hadir hal halo hanya harapan harapannya hari harus hasil hasilnya hingga ia ibarat ini intinya itu itulah "
    "iya ya jadi jangan jelas jika juga jumlah jumlahnya justru kalau kali kami kamu kapan karena karenanya kata kau ke kebetulan kecuali kedua keduanya kemarin kembali kemudian kendati kepada ketika ketiga khusus khususnya kini kita kondisi konon korban kurang lagi lalu lain langkah lanjut lantaran lantas lebih lewat "
    "lima maka makanya malah masalah masih masing-masing masyarakat melalui melihat memang mengapa menanggapi menurut menurutnya menyusul mereka meski meskipun merespons minimal mungkin mulai mulanya nah namun nanti nantinya namanya nyaris oh oleh orang pada padahal para pasalnya pasti pekan peristiwa perlu pernah pertama pihak pihaknya pokoknya "
    "pula rencananya saat sama sampai sang sangat sambil satu saya sayang sayangnya seakan sebab sebagai sebagian sebaliknya sebanyak sebelum sebelumnya sebenarnya sebuah secara sedang sedangkan sehingga sejak sejauh sejumlah sekarang sekali sekalipun sekitar selain selama selanjutnya selaku semua semakin sementara semoga sempat sendiri seorang seperti sering serta "
    "sesuai setelah setiap seluruh siapa silakan soal sosok suatu sudah supaya tadi tak tanpa tapi tahun telah tentang tentu tentunya terakhir terhadap terkait termasuk ternyata terus terutama tetap tetapi tiap tiba tiga tidak tujuan tujuannya tuh untuk untungnya usai utamanya waktu walau walaupun wah yaitu yakni yang kejadian informasi pemerintah presiden "
    "the of and for assalamualaikum insya allah tuhan".split()
)
OPENERS = frozenset(_OPENERS)
"""Ordinary words that carry a capital only because a sentence begins with them."""

_FORMED = re.compile(
    r"(?:ke|pe|per|pem|pen|peng|peny)\w{4,}an|\w{4,}(?:isasi|kasi|rasi|nisasi|logi|nomi)|(?:me|mem|men|meng|meny|ber|ter|di|se)\w{3,}(?:kan|nya|i)|\w{4,}nya|(?:kapus|kasub|kabid|kadis|wakap|direskrim)\w+"
)
"""Derived common nouns and verbs, which no name looks like."""

_DAY = re.compile(r"(?:senin|selasa|rabu|kamis|jum['’]?at|sabtu|minggu|ahad)")
_ACRONYM = re.compile(r"[A-Z]{3,}[\w-]*|\w*\d[\w-]*|[\w-]+-\d+|[IVX]{2,4}|[A-Z]{2,}-\w+")
_KNOWN_SHORT = frozenset(
    "AS RI TV RW RT RS MK NU UI UU DI PP KA KM BI MA IT AI UE TK SD PN PT UN AC HP WA PO CV UD PD KM GM VP IP IQ PR".split()
)


_MAYBE_NAMES = frozenset(
    "lalu hari imam anak bima batu sabu muna peru landak metro demak karo lingga toba roma wina ende bina bintang budaya bulan bumi cahaya daya duta elang fajar gelora guntur gunung haji ilham indra insan islam jaya jawa kartika "
    "kusuma lautan malik matahari melati merah mulia mutiara muslim natal novel padang permata perdana perkasa persada pertama prima pratama puncak putra putri raja ramadan ramadhan ratu "
    "raya sabar sakti santri satria satya setia sinar sultan sumber surya syukur tanjung teguh utama utomo wahyu wijaya wisnu yudha".split()
)
"""Words of the lists here that are parts of names as well, when a surer part stands beside them."""


def is_title(word: str) -> bool:
    """Whether ``word`` is a rank, a degree or a form of address before a name."""
    return word.strip("().,").lower() in TITLES


def is_maybe_name(word: str) -> bool:
    """Whether ``word`` is an ordinary word that parents also give as a name (`Putra`, `Agung`)."""
    return word.lower() in _MAYBE_NAMES


def is_common(word: str) -> bool:
    """Whether a capitalised ``word`` is surely no part of a person's name."""
    if _ACRONYM.fullmatch(word) or word in _KNOWN_SHORT:
        return True
    lower = word.lower()
    return (
        lower in BODIES
        or lower in PLACES
        or lower in ROLE_HEADS
        or lower in TITLES
        or lower in OPENERS
        or _FORMED.fullmatch(lower) is not None
        or _DAY.fullmatch(lower) is not None
    )
