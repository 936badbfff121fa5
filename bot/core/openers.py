"""Ordinary words that Indonesian sentences begin with, and that carry a capital only there."""

_OPENERS = """
    ada adalah adanya adapun agar akan akhir akhirnya akibat akibatnya aku alasan alasannya
    alhamdulillah allah amat and anda andai antara apa apabila apakah apalagi artinya asal asalkan
    assalamualaikum atas atau awal awalnya bagaimana bagaimanapun bagi bahkan bahwa baik banyak
    barangkali baru beberapa begitu belakangan belasan beliau belum benar berarti berawal berbagai
    berdasarkan berikut berkaca berkat bersama bersamaan berselang biar bila bisa boleh buat bukan
    bukannya buktinya cara caranya contohnya cukup cuma dalam dan dapat dari daripada delapan demi
    demikian dengan di dia diduga dikatakan dikatakannya diketahui dikutip dilansir diperkirakan
    diprediksi dirinya ditambah ditambahkan ditanya dua dulu eh empat enam enggak entah for gerakan guna
    hadir hal halo hampir hanya harapan harapannya hari harus hasil hasilnya hingga ia ibarat informasi
    ini inilah insya intinya ironis itu itulah iya jadi jangan jelang jelas jika juga jumlah jumlahnya
    justru kadang kala kalau kali kalian kami kamu kapan karena karenanya kata kau ke kebetulan kecuali
    kedua keduanya keempat keesokan kejadian kelima kemarin kembali kemudian kenapa kendati kepada kerap
    ketiga ketika khusus khususnya kini kira kita kondisi konon korban kurang lagi lain lalu langkah
    lanjut lantaran lantas lebih lewat lima maka makanya malah mana masalah masih masing-masing
    masyarakat melalui melansir melihat memang menanggapi mengacu mengapa mengingat mengutip menjelang
    menurut menurutnya menyusul mereka merespons merujuk meski meskipun minimal misal misalnya mulai
    mulanya mungkin nah nama namanya namun nanti nantinya nggak nyaris of oh oleh orang otomatis pada
    padahal paling para pasalnya pasti pekan pemerintah perihal peristiwa perlahan perlu pernah pertama
    pihak pihaknya pokoknya praktis presiden pula puluhan ratusan rencananya saat saban sama sambil
    sampai sang sangat satu saya sayang sayangnya seakan sebab sebagai sebagaimana sebagian sebaliknya
    sebanyak sebelum sebelumnya sebenarnya sebentar sebuah sebulan secara sedang sedangkan segala segera
    sehari sehingga seiring sejak sejalan sejauh sejumlah sekali sekaligus sekalipun sekarang seketika
    sekira sekitar selagi selain selaku selalu selama selanjutnya selepas seluruh semakin semasa sembari
    sembilan semenjak sementara semoga sempat semua semula senada sendiri seolah seorang sepanjang
    separuh seperti sepuluh sering serta serupa sesaat sesekali sesuai setahun setelah setengah setiap
    seusai sewaktu siapa silakan soal sontak sosok suatu sudah supaya tadi tahun tak tampak tanpa tapi
    telah tentang tentu tentunya terakhir tercatat terdapat terhadap terkadang terkait terlalu terlebih
    terlepas terlihat termasuk ternyata terus terutama tetap tetapi the tiap tiba tidak tiga toh tuh
    tuhan tujuan tujuannya tujuh untuk untungnya usai utamanya wah waktu walau walaupun warga ya yaitu
    yakni yang
"""
OPENERS = frozenset(_OPENERS.split())
"""Lower-case forms."""
