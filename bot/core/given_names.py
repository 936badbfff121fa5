"""Given names that are common in Indonesian news: where capitalised words hold one, a person begins."""

_GIVEN_NAMES = """
    abdul abdullah abdurrahman abraham achmad ade adhi adi aditya adnan adrian agnes agung agus ahmad
    ahmed airlangga aisyah akbar akhmad alamsyah albert alessandro alex alexander alexandre alfian ali
    alissa alvin alwan amalia ambar amin amir amran ana andi andika andre andrea andreas andrew andri andy
    angela angga anggi anies anindya anis anita anna anne anthony anton antonio antonius anwar ardi ari
    arie arief arif arifin arsene arya aryo asep asri aulia awang ayu azis aziz azwar bagas bagus bahlil
    baiq bambang banu bashar basuki bayu beni benjamin benny bernard bernardus bima bobby boby boris boy
    brian budhi budi budiman burhan candra carlo carlos catherine chandra charles charlie christian
    christine cornelis cristiano dadan dadang danang dani daniel darmawan david deden dedi dedy deni denny
    deny desi devi dewi dhani dian diana didi didik diego dimas dina dini dito djoko dmitry donald doni
    dony dwi eddy edi edo edward edwin edy eka eko elisabeth elon emil emmanuel endah endang eny erick
    erik erna ernest erni eva fachri fachrul fadhil fadli fahmi fahri faisal fajar fandi farhan farid
    fatimah fauzan fauzi febri febriana felix ferdy ferry fery fikri firman fitri francis frans fransiskus
    frederik gani ganjar gareth gatot gede george gilang gita gregorius gunawan guntur gusti hadi hafid
    haikal hamdan hamid hana handoko hanif hari haris hariyanto harry hartono hasan hasanuddin hasto
    hendra hendri hendro hendy henry heri herman hermawan heru hery hidayat hillary husein i ibnu ibrahim
    ichsan ida idris ignatius igor iis ikhsan ilham imam iman imran ina indah indra indriani ines intan
    ira irfan irma irwan isa iskandar ismail ita iwan jacinda jack jacob jaka jake jamal jamaluddin james
    janet jason jeff jefri jennifer jessica joe johan johannes john johnny joko jonathan jorge jose joseph
    joshua juli julia juliari julius jurgen justin jusuf kadek karim kartika katarina kate kevin khairul
    khofifah kim komang kristian kurnia kurniawan laila laksmi lalu larry laura leo leonardus lestari lia
    lili lilik lina linda lionel lisa listyo lucas ludwig luhut luis lukas lukman luthfi made mahfud
    mahmud mai maman marc marco maria mariana marie mario mark markus marsudi martin martinus maruli
    mathius maulana max maya mega megawati mei mia michael mike mikhail mira moch mochamad mochammad
    moeldoko moh mohamad mohammad mohammed muh muhadjir muhaimin muhamad muhammad mukhlis mulyadi mulyono
    mustafa mustofa nadia nadiem najib nana nanang nancy narendra nasir natalia nelson neni ni nia nicke
    nicolas niken nikita nikolai nina ningsih noor nova novi novia novita nugroho nunung nur nurdin nurul
    nyoman oki oktavia olaf oleg olivia omar oscar otto pandu patrick paul paulus pep peter petrus philip
    prabowo pramono prasetyo pratikno puan purnomo puspa putu qodari rachmat raden rafael rahayu rahma
    rahman rahmat raja raka ramdan rangga rani ratih ratna rebecca reni reny reza rian ricardo richard
    ricky ridho ridwan rika rina rini rio risa rishi risma rita riza rizal rizki rizky robby robert
    roberto robin rocky rohmat roman ronald ronny rosa rosita rossi roy rudi rudy rully rusdi russell ryan
    sabrina saiful salim salman samuel sandi sandiaga sandra santi santoso sara sarah sari sarwo satrio
    satya sebastian septian sergei sergio seto setya shinta sigit silvia simon sinta siswanto siti slamet
    sofia sofyan soni sonny sony sophia sri stefan stephen steve steven suci sudirman sugeng suharto
    suhartono sukarno sulaiman sultan sunarto suparno supriyanto surya susan susi suswono sutrisno suyanto
    syafruddin syahrul syaiful sylvia tania tantowi tatang taufik taufiq teddy teguh teuku theresa thohir
    thomas timothy tina tini tino titi tito tjahjo toni tony tri tuti tutik udin ujang ulil umar usman
    utami valentino vera veronica vicky victor vina vino vladimir wahid wahidin wahyu wahyudi wawan wayan
    wendy wibowo widi widodo wiku william willy wim winda wiranto wisnu wiwik yani yanto yanuar yasin
    yasonna yayan yayuk yenny yoga yohanes yosef yudha yudhi yudi yuli yulia yuliana yulianto yuni yunita
    yusri yusril yusuf zainal zainuddin zaki zul zulfikar zulkifli zumi
"""
GIVEN_NAMES = frozenset(_GIVEN_NAMES.split())
"""Lower-case forms. A name that is missing here costs little: the other signs of a name decide then."""
