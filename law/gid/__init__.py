"""中华人民共和国政府信息公开条例 (Government Information Disclosure), one file per article."""
