"""The words Indonesian newspapers use for saying, as patterns that the other rooms of the core build on."""

import re

_AFTER = """
    ajak aku ancam balas bantah batin beber bela bentak bilang bisik bunyi canda celetuk cerita cetus
    cibir cuit curhat dalih dendang desak gertak gerutu gumam gurau harap hardik himbau imbau imbuh janji
    jawab jelas jerit kata kecam kekeh kelakar keluh kenang ketus kicau kilah kisah klaim komentar kritik
    lanjut lapor ledek lirih lontar mohon nasihat papar pekik perintah pesan pinta protes puji pungkas
    ralat ratap rayu rengek rinci rintih sahut sambar sambung sambut sanggah sapa saran sebut sela
    seloroh semprot sentil sergah seru sesal simpul sindir singgung sorak sungut tambah tampik tandas
    tangkis tantang tanya tawar tegas tegur tekan tepis terang teriak timpal tolak tuding tukas tulis
    tutup tutur ucap ujar ulas umbar umpat ungkap urai usul wanti yakin
"""
"""Bare stems that follow a quotation (`kata X`), alone or with -nya, -ku (`cetusnya`)."""

_ACTIVE = """
    beralasan beranggapan berargumen berbisik bercanda bercerita berdalih berharap berjanji berkata
    berkelakar berkesimpulan berkeyakinan berkicau berkilah berkomentar berpandangan berpendapat berpesan
    bersaksi berseloroh berseru bersikukuh bersumpah bersyukur bertanya berteriak bertutur berucap
    berujar bilang melanjutkan melaporkan melontarkan memaklumi memandang memaparkan memastikan membantah
    membatin membeberkan membenarkan memberitahu memberitahukan memerinci memerintahkan meminta memohon
    memperingatkan memperkirakan mempertanyakan memprediksi memprotes memproyeksikan memuji menambahkan
    menampik menandaskan menanggapi menanyakan menasihati menceritakan mencetuskan mencibir mencontohkan
    mencuit mencurigai mendesak mendorong menduga menegaskan menekankan menepis menerangkan mengabarkan
    mengajak mengaku mengakui mengapresiasi mengatakan mengecam mengeklaim mengeluh mengeluhkan
    mengemukakan mengenang menggarisbawahi mengharapkan menghimbau mengibaratkan mengimbau mengingatkan
    menginstruksikan mengisahkan mengiyakan mengkhawatirkan mengklaim mengkonfirmasi mengkritik
    mengkritisi mengomentari mengonfirmasi mengucapkan mengumumkan mengungkap mengungkapkan menguraikan
    mengusulkan mengutarakan mengutuk menilai menimpali menjabarkan menjamin menjanjikan menjawab
    menjelaskan menolak menuding menuduh menulis menuliskan menuntut menuturkan menyahut menyambut
    menyampaikan menyanggah menyangkal menyarankan menyatakan menyayangkan menyebut menyebutkan menyela
    menyeletuk menyergah menyerukan menyesalkan menyimpulkan menyindir menyinggung menyoroti meralat
    meramalkan merekomendasikan merespon merespons merinci mewanti-wanti meyakini
"""
"""Verbs of saying whose subject stands before them (`X mengatakan`)."""

_PASSIVE = """
    dijelaskan dikatakan dikemukakan dilontarkan dipaparkan disampaikan disuarakan ditegaskan dituturkan
    diungkapkan diutarakan
"""
PASSIVE = frozenset(_PASSIVE.split())
"""Verbs that who says it follows, alone or after `oleh` (`disampaikan Laras`)."""

STEM = f"(?:{'|'.join(sorted(_AFTER.split(), key=len, reverse=True))})"
"""The bare stems as a pattern, longest first."""
_VERB = f"(?:{'|'.join(sorted(_ACTIVE.split(), key=len, reverse=True))})"

SAID_AFTER_QUOTATION = re.compile(
    r"[\s,.;:–—-]{0,4}(?P<cue>(?:(?:demikian|begitu|lalu|kemudian)(?:lah)?,? )?"
    rf"(?:{STEM}|menurut)(?P<suffix>nya|ku)?)\b(?!-)",
    re.IGNORECASE,
)
"""Anchored right after a closing mark: the words of saying. ``suffix`` is the pronoun grown onto them."""

ENDS_WITH_LEAD = re.compile(
    rf"\b(?P<cue>(?P<verb>{_VERB})|(?P<stem>{STEM}|menurut|{'|'.join(_PASSIVE.split())})(?P<suffix>nya)?)\b",
    re.IGNORECASE,
)
"""Words of saying in the sentence that leads to a quotation (`Ia mengingatkan, "..."`)."""

PRONOUN_SAYS = re.compile(r"\s*(?:(?:lalu|kemudian|namun|tapi)\s)?(?:ia|dia|beliau)\b", re.IGNORECASE)

VERB_AFTER_SUBJECT = re.compile(
    r"(?: ?\([^()]{1,30}\)|, \d\d(?: tahun)?(?=,))?(?:, [^,.!?“”\"]{3,90},|,| dari [A-Z][^,.!?:“”\"]{2,50}?)?"
    r"(?: (?:enggan|hanya|ini|itu|juga|kemarin|kembali|kemudian|lalu|lebih lanjut|pun|sempat|sendiri|sudah|"
    r"tak|telah|tidak|turut)){0,2}"
    rf" (?P<cue>{_VERB})\b"
)
"""Anchored right after a name: it is the subject of a verb of saying; an age or a role may stand between."""

GOES_ON_SAYING = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:Apalagi|Bahkan|Padahal|Terlebih)\b|"
    rf"\b(?:[Ii]a|[Dd]ia|[Bb]eliau)(?: (?:juga|kembali|kemudian|lalu|pun)){{0,2}} {_VERB}(?:,| bahwa\b)"
)
"""Where the words of who spoke last are told on: an argument's next step, or a pronoun that says more."""

SAYING = PASSIVE | frozenset(_AFTER.split()) | {"menurut"}
"""Words right before a name or its role that tell that who is named says something (`kata`, `menurut`)."""
