"""One-word names of Indonesia's provinces, regencies and cities, and of the countries in its news."""

_PLACES = """
    aceh afghanistan agam agats alor ambarawa ambon amerika amuntai angeles argentina asahan asmat
    atambua australia austria badung bajawa bali balige balikpapan bandung banggai bangka bangkalan
    bangkinang bangladesh bangli banjar banjarbaru banjarmasin banjarnegara bantaeng banten bantul
    banyuasin banyumas banyuwangi barabai barito barru batam batang batu baturaja baubau beijing bekasi
    belanda belgia belitung belu bener bengkalis bengkayang bengkulu benoa berau berlin biak bima binjai
    bintan bireuen bitung blitar blora boalemo bogor bojonegoro bombana bondowoso bone bontang borobudur
    boyolali brasil brebes brunei brussels bukittinggi buleleng bulukumba bulungan bungo buol buru buton
    canberra chicago chile china ciamis cianjur cibinong cibubur cikampek cikarang cikeas cikini cilacap
    cilandak ciledug cilegon cilincing cimahi ciputat ciracas cirebon cisarua dairi deiyai deliserdang
    demak denmark denpasar depok dharmasraya dogiyai dompu donggala dumai duren ende enrekang entikong
    filipina finlandia flores gadung gambir garut gayo gebang gianyar gorontalo gowa gresik grobogan
    halmahera hambalang hongkong humbahas hungaria india indonesia indragiri indramayu inggris irak iran
    irlandia israel italia jabar jabodetabek jagakarsa jakarta jambi janeponto jateng jatim jatinegara
    jayapura jayawijaya jember jembrana jeneponto jenewa jepang jepara jerman jerusalem jogja jogjakarta
    jombang kabul kaimana kalabahi kalianda kalimantan kamboja kampar kanada kapuas karanganyar
    karangasem karawang karimun karo katingan kaur kebumen kedah kediri keerom kelapa kemayoran kendal
    kendari kepahiang kerinci kerom ketapang khartum klaten klungkung kolaka konawe korea kotabaru
    kotamobagu kotawaringin kremlin kroasia kuantan kubu kudus kulonprogo kuningan kupang kutai kyiv
    lahat lamandau lamongan lampung landak langkat langkawi langsa lebak lebong lembata lhokseumawe
    libanon libya lingga lombok london lumajang luwu luwuk madinah madiun madrid madura magelang magetan
    majalengka majene makassar makkah malaka malang malaysia malinau maluku mamasa mamberamo mamuju
    manado manggarai manila manokwari mappi maroko maros marunda mataram maumere maybrat medan mekah
    meksiko melawi mempawah menteng merangin merauke mesir mesuji metro meulaboh mimika minahasa minsk
    mojokerto morotai morowali moscow moskow moskwa muaro muna myanmar nabire nagan nagekeo natuna nduga
    ngada nganjuk ngawi nias norwegia ntb ntt nunukan nusantara oslo pacitan padang padangpanjang
    pagaralam pakistan pakpak palangkaraya palembang palestina palopo palu pamekasan pandeglang
    pangandaran pangkalpinang pangkep paniai papua pariaman parigi paris pasaman paser pasuruan pati
    payakumbuh pekalongan pekanbaru pemalang pematangsiantar penajam pentagon perancis perth peru
    pesawaran pidie pinrang pohuwato polandia polewali pontianak portugal poso prabumulih prancis
    pringsewu probolinggo pulang pulo pulogadung purbalingga purwakarta purwodadi purwokerto purworejo
    pyongyang qatar ragunan rejang rembang riau riyadh rokan roma rote rusia sabang sabu salatiga
    samarinda sambas samosir sampang sampit sanggau sarmi sarolangun saudi sawahlunto seattle sekadau
    selandia selangor selayar seluma semarang senayan senegal senen seoul seram serang serbia serdang
    seruyan setiabudi siak siantar sibolga sidoarjo sidrap sigi sijunjung sikka simalungun simeulue
    singapura singkawang singkil singosari sinjai sinjunjung sintang situbondo sleman slovenia sofifi
    solo solok soppeng sorong sragen subang subulussalam sukabumi sukamara sukoharjo sulawesi sulbar
    sulsel sulteng sultra sulut sumatera sumatra sumba sumbar sumbawa sumedang sumenep sumsel sumut
    sungailiat surabaya surakarta suriah swedia swiss sydney tabalong tabanan taiwan takalar takengon
    tambora tambrauw tangerang tanggamus tanggerang tangsel tanjungbalai tanjungpinang tapanuli tapin
    tarakan tasikmalaya tebet tebo tegal teheran temanggung ternate thailand tidore timika tiongkok toba
    tobelo tojo tokyo tolikara tolitoli tomohon toraja trenggalek tuban tulungagung turki uganda ukraina
    ungaran vatikan venezuela vietnam wajo wakatobi wamena washington wina wonogiri wonosari wonosobo
    wuhan yalimo yaman yogya yogyakarta yordania york yunani zimbabwe
"""
PLACES = frozenset(_PLACES.split())
"""Lower-case forms."""
