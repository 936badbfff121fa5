"""The words Indonesian newspapers use for saying, as patterns that the other rooms of the core build on."""

import re

_AFTER = (
    "ajak aku bantah beber bela bilang bisik bunyi canda celetuk cerita cetus cuit curhat dalih gumam harap himbau "
    "imbau imbuh jawab jelas kata kelakar keluh kenang kicau kilah kisah klaim komentar kritik lanjut ledek mohon "
    "papar pesan pinta protes puji pungkas sahut sambar sambung sambut saran sebut sela seru simpul sindir "
    "sergah singgung sapa sesal tambah tandas tantang tanya tegas tekan terang teriak timpal tuding tukas tulis tutup "
    "tutur ucap ujar ulas umbar ungkap urai usul wanti"
)
"""Bare stems that follow a quotation (`kata X`), alone or with -nya, -ku (`cetusnya`)."""

_ACTIVE = (
    "beralasan berargumen bercanda bercerita berdalih berharap berjanji berkata berkelakar berkicau berkilah "
    "berkomentar berpandangan berpendapat berpesan berseloroh berseru bersikukuh bersyukur bertanya berteriak "
    "bertutur berujar membantah membeberkan membenarkan memandang memaparkan memastikan memberitahu memberitahukan "
    "memerintahkan meminta memohon memperingatkan memprediksi memproyeksikan memuji menambahkan menampik menandaskan "
    "menanggapi menanyakan mencetuskan mencontohkan mencuit mendesak menduga menegaskan menekankan menepis menerangkan "
    "mengabarkan mengajak mengaku mengakui mengapresiasi mengatakan mengemukakan mengeluh mengeluhkan mengenang mengibaratkan "
    "mengimbau menghimbau mengingatkan menginstruksikan mengisahkan mengklaim mengkritik mengkritisi mengomentari menguraikan "
    "mengumumkan mengungkap mengungkapkan mengusulkan mengutarakan menilai menimpali menjabarkan menjamin menjanjikan menjawab menjelaskan "
    "menolak menuding menuduh menulis menuliskan menuntut menuturkan menyampaikan menyambut menyanggah menyangkal menyarankan "
    "menyatakan menyayangkan menyebut menyebutkan menyerukan menyesalkan menyimpulkan menyindir menyinggung "
    "menyoroti mencurigai meralat meramalkan meyakini mempertanyakan melanjutkan melaporkan melontarkan merinci bilang"
)
"""Verbs of saying whose subject stands before them (`X mengatakan`)."""

STEM = f"(?:{'|'.join(sorted(_AFTER.split(), key=len, reverse=True))})"
"""The bare stems as a pattern, longest first."""
_VERB = f"(?:{'|'.join(sorted(_ACTIVE.split(), key=len, reverse=True))})"

SAID_AFTER_QUOTATION = re.compile(
    rf"[\s,.;:–—-]{{0,4}}(?P<cue>(?:(?:demikian|begitu|lalu|kemudian)(?:lah)?,? )?(?:{STEM}|menurut)(?P<suffix>nya|ku)?)\b(?!-)",
    re.IGNORECASE,
)
"""Anchored right after a closing mark: the words of saying there. ``suffix`` is the pronoun grown onto them."""

ENDS_WITH_LEAD = re.compile(
    rf"\b(?P<cue>(?P<verb>{_VERB})|(?P<stem>{STEM}|menurut)(?P<suffix>nya)?)\b",
    re.IGNORECASE,
)
"""Words of saying in the sentence that leads to a quotation (`Ia mengingatkan, "..."`)."""

PRONOUN_SAYS = re.compile(r"\s*(?:(?:lalu|kemudian|namun|tapi)\s)?(?:ia|dia|beliau)\b", re.IGNORECASE)

VERB_AFTER_SUBJECT = re.compile(
    r"(?: ?\([^()]{1,30}\))?(?:, [^,.!?“”\"]{3,90},|,)?"
    r"(?: (?:juga|pun|kembali|sempat|lalu|kemudian|turut|sendiri|kemarin|ini|itu|sudah|telah|hanya|tidak|tak|enggan|lebih lanjut))?"
    rf" (?P<cue>{_VERB})\b"
)
"""Anchored right after a name: it is the subject of a verb of saying, an age or a role standing between at most."""

SAYS_NAME = re.compile(rf"\b(?:{STEM}|menurut) $", re.IGNORECASE)
"""At the end of the text before a name or its role: who is named says or thinks something (`kata`, `menurut`)."""
