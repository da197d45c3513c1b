"""Letters that look like others, each as the one that is meant. The text keeps its length."""

ALIKE = {
    # Cyrillic and Greek letters that stand for Latin ones, small and capital.
    "а": "a", "в": "b", "с": "c", "ԁ": "d", "е": "e", "ё": "e", "ғ": "f", "г": "r", "һ": "h", "н": "h", "і": "i",
    "ї": "i", "и": "u", "ј": "j", "к": "k", "ӏ": "l", "м": "m", "п": "n", "о": "o", "р": "p", "ԛ": "q", "ѕ": "s",
    "т": "t", "ц": "u", "ѵ": "v", "ԝ": "w", "ш": "w", "х": "x", "у": "y", "ү": "y", "з": "3", "ч": "4", "б": "6",
    "А": "a", "В": "b", "С": "c", "Е": "e", "Н": "h", "І": "i", "Ј": "j", "К": "k", "М": "m", "О": "o", "Р": "p",
    "Ѕ": "s", "Т": "t", "Х": "x", "У": "y",
    "α": "a", "ά": "a", "β": "b", "ϲ": "c", "δ": "d", "ε": "e", "έ": "e", "η": "n", "ι": "i", "ί": "i", "κ": "k",
    "μ": "u", "ν": "v", "ο": "o", "ό": "o", "π": "n", "ρ": "p", "σ": "s", "ς": "s", "τ": "t", "υ": "u", "ύ": "u",
    "χ": "x", "γ": "y", "ω": "w", "ϳ": "j",
    "Α": "a", "Β": "b", "Ε": "e", "Ζ": "z", "Η": "h", "Ι": "i", "Κ": "k", "Μ": "m", "Ν": "n", "Ο": "o", "Ρ": "p",
    "Τ": "t", "Υ": "y", "Χ": "x",
    # Latin letters with a stroke or without their dot, small capitals, turned letters.
    "ɑ": "a", "ɐ": "a", "ƀ": "b", "ɓ": "b", "ƈ": "c", "đ": "d", "ɗ": "d", "ɖ": "d", "ə": "e", "ǝ": "e", "ɛ": "e",
    "ƒ": "f", "ɡ": "g", "ɠ": "g", "ħ": "h", "ɦ": "h", "ɥ": "h", "ı": "i", "ɨ": "i", "ɩ": "i", "ȷ": "j", "ƙ": "k",
    "ł": "l", "ɭ": "l", "ɫ": "l", "ɱ": "m", "ɯ": "m", "ɲ": "n", "ŋ": "n", "ɳ": "n", "ø": "o", "ɔ": "o", "ɵ": "o",
    "ƥ": "p", "ɋ": "q", "ɹ": "r", "ɾ": "r", "ɽ": "r", "ʂ": "s", "ŧ": "t", "ƭ": "t", "ʇ": "t", "ʉ": "u", "ʋ": "v",
    "ʌ": "v", "ʍ": "w", "ƴ": "y", "ʎ": "y", "ƶ": "z", "ʐ": "z", "Ø": "o", "Ł": "l", "Đ": "d", "Ħ": "h", "Ŧ": "t",
    "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j", "ᴋ": "k",
    "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ʀ": "r", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w",
    "ʏ": "y", "ᴢ": "z",
    # Arabic letters with other dots or tails, and without dots.
    **dict.fromkeys("ٮٻڀݐݑݒݓݔݕݖ", "ب"), **dict.fromkeys("ٺټٹ", "ت"), **dict.fromkeys("ٽٿ", "ث"),
    **dict.fromkeys("چڃڄڇڿ", "ج"), **dict.fromkeys("ځڅݗ", "ح"), **dict.fromkeys("ڂݘ", "خ"),
    **dict.fromkeys("ڈډڊڋڍڎڐۮ", "د"), **dict.fromkeys("ڌڏ", "ذ"), **dict.fromkeys("ڑڒړڔڕږۯ", "ر"),
    **dict.fromkeys("ڗژڙ", "ز"), **dict.fromkeys("ڛښݭ", "س"), **dict.fromkeys("ڜۺ", "ش"), "ڝ": "ص",
    **dict.fromkeys("ڞۻ", "ض"), "ڟ": "ظ", "ݝ": "ع", **dict.fromkeys("ڠݞݟۼ", "غ"), **dict.fromkeys("ڡڢڣ", "ف"),
    **dict.fromkeys("ٯڧ", "ق"), **dict.fromkeys("ڪڬڮڰڱڲڳڴګݢݤ", "ك"), **dict.fromkeys("ڵڶڷڸݪ", "ل"),
    **dict.fromkeys("ݥݦ", "م"), **dict.fromkeys("ںڹڻڼڽݧݨݩ", "ن"), **dict.fromkeys("ۄۅۆۇۈۉۊۋ", "و"),
    **dict.fromkeys("ۍێېۑ", "ي"), **dict.fromkeys("ٲٳ", "ا"),
}  # fmt: skip

# Letters in squares and circles, and those that make flags: symbols for Unicode, letters for a reader.
_ENCLOSED = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
_TABLE = {ord(one): other for one, other in ALIKE.items()} | {
    first + number: chr(ord("a") + number) for first in _ENCLOSED for number in range(26)
}


def unmask(text: str) -> str:
    """`text` with each look-alike letter as the one it looks like, character for character."""
    return text.translate(_TABLE)
