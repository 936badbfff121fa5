"""Pages in RM.id's forms, written for the tests: every place, person and event in them is invented."""

PAGE = """Dark/Light Mode

Jembatan Kertasari Dibuka, Warga Lega

Kamis, 8 Juli 2021 05:25 WIB
Wali Kota Kertasari Damar Wibisana meresmikan jembatan, Rabu (7/7). (Foto: Ist)
Wali Kota Kertasari Damar Wibisana meresmikan jembatan, Rabu (7/7). (Foto: Ist)

RM.id\u00a0 Rakyat Merdeka - Jembatan Kertasari akhirnya dibuka untuk umum, Rabu pagi.

Jembatan sepanjang 300 meter itu menghubungkan Kertasari dan Wanakarta.

Baca juga : Wanakarta Bangun "Pasar Apung" Baru.\u00a0

"Hari ini kita buka. Silakan dipakai," kata Wali Kota Kertasari Damar Wibisana di lokasi.

Biaya Pembangunan

Biayanya Rp 40 miliar, lebih hemat dari rencana.

Berita Terkait : Damar: Jembatan Rampung Juli

"Sisanya untuk jalan desa," ujar Damar. [DIT]

Update berita dan artikel RM.ID menarik lainnya di Google News

Dapatkan juga update berita pilihan dari RM.id. Mari bergabung di Grup Telegram https://t.me/contohkanal
"""

SECOND_PAGE = """Dark/Light Mode

Jembatan Kertasari Dibuka, Warga Lega

Kamis, 8 Juli 2021 05:25 WIB
Wali Kota Kertasari. (Foto: Ist)
Wali Kota Kertasari. (Foto: Ist)
 Sebelumnya\u00a0
Warga Wanakarta menyambut gembira.

Mereka kini tak perlu memutar. ■
"""

COLUMN = """Dark/Light Mode

Musim Mangga Di Kertasari

Sabtu, 3 Agst 2019 09.30 WITA
TIRTA WARDANA
TIRTA WARDANA
Penjaga Kebun

RM.id  Rakyat Merdeka - Mangga di Kertasari berbuah lebih awal tahun ini.
"""
