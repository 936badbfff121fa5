"""Ordinary words that Indonesian sentences begin with, and that carry a capital only there."""

_OPENERS = """
    ada adapun agar akan akhirnya akibat akibatnya aku alasan alasannya alhamdulillah allah amat and anda
    antara apa apakah apalagi artinya asal assalamualaikum atas atau awalnya bagaimana bagi bahkan bahwa
    baik banyak baru beberapa begitu belakangan belum benar berarti berawal berbagai berdasarkan berikut
    bersama bila bisa boleh buat bukan bukannya buktinya cara caranya contohnya cukup dalam dan dapat dari
    daripada demi demikian dengan di dia diduga dikatakan dikatakannya diketahui dikutip dilansir
    diperkirakan dirinya ditambahkan ditanya dua dulu eh empat enam enggak entah for gerakan hadir hal
    halo hanya harapan harapannya hari harus hasil hasilnya hingga ia ibarat informasi ini insya intinya
    itu itulah iya jadi jangan jelas jika juga jumlah jumlahnya justru kalau kali kalian kami kamu kapan
    karena karenanya kata kau ke kebetulan kecuali kedua keduanya kejadian kemarin kembali kemudian
    kendati kepada ketiga ketika khusus khususnya kini kita kondisi konon korban kurang lagi lain lalu
    langkah lanjut lantaran lantas lebih lewat lima maka makanya malah masalah masih masing-masing
    masyarakat melalui melihat memang menanggapi mengapa menurut menurutnya menyusul mereka merespons
    meski meskipun minimal misalnya mulai mulanya mungkin nah nama namanya namun nanti nantinya nyaris of
    oh oleh orang pada padahal para pasalnya pasti pekan pemerintah peristiwa perlu pernah pertama pihak
    pihaknya pokoknya presiden pula rencananya saat sama sambil sampai sang sangat satu saya sayang
    sayangnya seakan sebab sebagai sebagian sebaliknya sebanyak sebelum sebelumnya sebenarnya sebuah
    secara sedang sedangkan sehingga sejak sejauh sejumlah sekali sekalipun sekarang sekitar selain selaku
    selama selanjutnya seluruh semakin sementara semoga sempat semua sendiri seorang seperti sering serta
    sesuai setelah setiap siapa silakan soal sosok suatu sudah supaya tadi tahun tak tanpa tapi telah
    tentang tentu tentunya terakhir terhadap terkait termasuk ternyata terus terutama tetap tetapi the
    tiap tiba tidak tiga tuh tuhan tujuan tujuannya untuk untungnya usai utamanya wah waktu walau walaupun
    warga ya yaitu yakni yang
"""
OPENERS = frozenset(_OPENERS.split())
"""Lower-case forms."""
