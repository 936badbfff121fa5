"""Whose words are key quotations: people who speak for something, before those whom a reporter met in the street."""

import re
from collections.abc import Sequence

from bot.core.article import Quotation

_PRIVATE = frozenset(
    "agen anak artis bapak buruh guru ibu istri karyawan konsumen korban montir nasabah nelayan orangtua pasien pedagang pekerja "
    "pelajar pelanggan pelari pembeli pemilik penduduk pengemudi pengendara penggemar pengguna penghuni pengunjung penjual "
    "penonton penumpang penyintas perempuan peserta petani peternak pria santri siswa siswi sopir suami tukang warga mahasiswa mahasiswi".split()
)
_BEFORE_ROLE = re.compile(r"(?:mantan|eks|dua|tiga|para|seorang|(?:salah )?(?:satu|seorang)) ", re.IGNORECASE)


def key_quotations(quotations: Sequence[Quotation], paragraphs: Sequence[str]) -> tuple[Quotation, ...]:
    """The quotations of officials, experts and others who speak for something; all of them when there is none such.

    Who is introduced as a resident, driver or customer, or with an age and no office (`Trismiati (37)`), speaks for
    nobody else.
    """
    private = {
        quotation.speaker: _is_private(quotation, paragraphs) for quotation in quotations if quotation.speaker
    }
    key = tuple(quotation for quotation in quotations if not private.get(quotation.speaker or ""))
    return key or tuple(quotations)


def _is_private(quotation: Quotation, paragraphs: Sequence[str]) -> bool:
    if quotation.role:
        return _BEFORE_ROLE.sub("", quotation.role).split(" ", 1)[0].lower() in _PRIVATE
    age = re.compile(rf"{re.escape(quotation.speaker or '')} \(\d\d(?: tahun)?\)")
    return any(age.search(paragraph) for paragraph in paragraphs)
