"""Words for what people are: offices, professions, ranks, and the short forms newspapers have for them."""

_ROLES = """
    admin agen ahli akademisi aktivis aktor aktris analis anggota antropolog arkeolog arsitek artis
    asisten atlet avp bacapres bassis bek bekas bendahara bendum bidan bos budayawan bupati cagub caleg
    calon camat capres cawagub cawapres ceo cfo chairman chief co-founder coach coo corporate cto dai
    dandim danjen dankormar danlanal danpuspom danrem dansat dekan deklarator deputi desainer diplomat
    direktur direskrimum dirjen dirkrimum dirlantas dirnarkoba dirreskrimsus dirreskrimum dirresnarkoba
    dirut ditreskrimum dokter dosen drummer dubes duta ekonom eks epidemiolog epidemolog evp founder
    gelandang general gitaris gm gubernur guru hakim head host ilmuwan imam influencer inisiator insinyur
    jaksa jampidsus jampidum jubir juru jurubicara kabag kabareskrim kabid kabiddokkes kabidhumas kabinda
    kader kades kadin kadinkes kadis kadisdik kadishub kadispen kadiv kadivhumas kajari kajati kakanwil
    kaligrafer kandidat kanit kanselir kapendam kapolda kapolres kapolresta kapolri kapolsek kaprodi
    kapusdokkes kapusinafis kapuspen kapuspenkum karo karopenmas kasad kasal kasat kasatgas kasatreskrim
    kasau kasetpres kasi kasubag kasubbag kasubbid kasubdit kasum kepala ketua ketum khatib kiper
    komandan komedian komentator komika komisioner komponis komut konjen konsultan konsumen koordinator
    korban kordinator kreator kuasa kurator legenda legislator loyalis lurah mahasiswa mahasiswi manager
    managing manajer mantan menag menaker mendag mendagri mendikbud mendikbudristek menhan menhub menkes
    menkeu menko menkominfo menkop menkopolhukam menkumham menlu menpan menpanrb menpar menparekraf
    menperin menpora menristek mensesneg mensos mentan menteri menteri-menteri menterinya mentri montir
    murid musisi nakhoda narasumber nasabah nelayan notaris novelis owner pakar pangdam pangkostrad
    panglima partner pasien pebalap pebasket pebisnis pebulutangkis pecatur pedagang pegawai pegiat
    pegolf pejabat pekerja pelajar pelaksana pelaku pelanggan pelantun pelapor pelatih pelukis pemain
    pemandu pembalap pembawa pembeli pembicara pembina pembuat pemerhati pemilik pemimpin pemohon pemred
    pemuka penari penasehat penasihat pencipta pendiri penduduk peneliti penenun penerjemah pengacara
    pengajar pengamat pengasuh pengawas pengelola pengemudi pengendali pengendara penggagas penggawa
    penggerak penggiat pengguna pengrajin pengunjung pengurus pengusaha penjabat penjaga penjual pentolan
    penulis penumpang penyair penyanyi penyelenggara penyerang penyidik penyuluh perajin perawat perdana
    perenang periset perwakilan perwira pesepakbola peserta pesinden pesinetron pesulap petani petenis
    peternak petinggi petinju petugas pilot pimpinan pj pjs plh plt politikus politisi prajurit praktisi
    pramugari presdir presenter presiden president presidium produser psikolog rais rektor relawan saksi
    santri satpam sejarawan sekda sekjen sekretariat sekretaris sekum selebgram selebritas senator
    seniman sesepuh seskab sineas siswa siswi sopir sosiolog staf stafsus striker sultan supervisor
    sutradara svp tenaga terdakwa terpidana tersangka tokoh tukang ulama ustaz utusan vice vokalis vp
    wabendum wadir wadirut wagub wakajati wakapolda wakapolres wakapolri wakapolsek wakasal wakasat
    waketum wakil wali walikota wamen wamenag wamendag wamenhan wamenkes wamenkeu wamenlu wapemred wapres
    warga wartawan wasekjen wasekum wasit winger youtuber
"""
ROLES = frozenset(_ROLES.split())
"""Words that a role begins with (`Ketua`, `pengamat`); lower-case forms, as in all lists here."""

_PRIVATE_ROLES = """
    agen artis buruh guru ibu karyawan konsumen korban mahasiswa mahasiswi montir nasabah nelayan orangtua
    pasien pedagang pekerja pelajar pelaku pelanggan pelari pembeli pemilik penduduk pengemudi pengendara
    penggemar pengguna penghuni pengunjung penjual penonton penumpang penyintas perempuan peserta petani
    peternak pria santri siswa siswi sopir tukang warga
"""
PRIVATE_ROLES = frozenset(_PRIVATE_ROLES.split())
"""What people are called who speak for nobody but themselves."""

_TITLES = """
    advokat aipda aiptu ajun akbp akp alm almarhum almarhumah bapak besar bpk brigadir brigjen bripda
    bripka briptu bu dr dra drs h habib hajah haji hj ibu inspektur ipda iptu ir irjen jend jenderal k.h
    kapten kardinal kh kiai kolonel kombes kombespol komisaris komjen kompol kyai laksamana laksda laksma
    letda letjen letkol letnan lettu madya marsda marsekal marsma mayjen mayor mr mrs ms muda nyonya pak
    pastor paus pdt pelda peltu pendeta pertama pol polisi prajurit praka pratu prof profesor purn romo
    serda serka sersan sertu sheikh sir syekh tgh tgk tni tuan uskup ust ustad ustadz ustadzah ustaz
"""
TITLES = frozenset(_TITLES.split())
"""Ranks, degrees and forms of address before a name; without their full stops."""

SHORT_OFFICES = {
    "dirjen": "direktur jenderal",
    "dirut": "direktur utama",
    "jubir": "juru bicara",
    "kabag": "kepala bagian",
    "kabid": "kepala bidang",
    "kadis": "kepala dinas",
    "kadispen": "kepala dinas penerangan",
    "kapolda": "kepala polda",
    "kapolres": "kepala polres",
    "kapolri": "kepala polri",
    "ketum": "ketua umum",
    "menag": "menteri agama",
    "menaker": "menteri ketenagakerjaan",
    "mendag": "menteri perdagangan",
    "mendagri": "menteri dalam negeri",
    "menhan": "menteri pertahanan",
    "menhub": "menteri perhubungan",
    "menkes": "menteri kesehatan",
    "menkeu": "menteri keuangan",
    "menko": "menteri koordinator",
    "menlu": "menteri luar negeri",
    "menperin": "menteri perindustrian",
    "menpora": "menteri pemuda olahraga",
    "mensos": "menteri sosial",
    "mentan": "menteri pertanian",
    "politikus": "politisi",
    "sekda": "sekretaris daerah",
    "sekjen": "sekretaris jenderal",
    "wagub": "wakil gubernur",
    "waketum": "wakil ketua umum",
    "walikota": "wali kota",
    "wapres": "wakil presiden",
}
"""Offices in one word and the words they stand for."""
