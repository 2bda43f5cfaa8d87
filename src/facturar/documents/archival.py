"""What a PDF needs so that it can be kept for decades: the meaning of its colours, and metadata as XMP.

An sRGB output intent and XMP bring PDF/A-2b (ISO 19005-2) within reach. The file does not claim to be PDF/A: no
validator has said so. The bytes follow from what is passed in.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

_D50 = (0.9642, 1.0, 0.8249)
_RED, _GREEN, _BLUE = (0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)
_BRADFORD = (1.0478112, 0.0228866, -0.050127, 0.0295424, 0.9904844, -0.0170491, -0.0092345, 0.0150436, 0.7521316)
"""From the white of sRGB, D65, to that of the profile, D50."""
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""The transfer function of IEC 61966-2-1, as parameters g, a, b, c and d of ICC's function 3."""


@cache
def srgb_profile() -> bytes:
    """An ICC profile (ICC.1:2004-10, version 4.2) of sRGB, worked out from the figures of IEC 61966-2-1."""
    curve = b"para" + struct.pack(">4xH2x", 3) + _fixed(_CURVE)
    tags = {
        b"desc": _words("sRGB"),
        b"cprt": _words("No copyright, use freely"),
        b"wtpt": _xyz(_D50),
        b"chad": b"sf32" + bytes(4) + _fixed(_BRADFORD),
        b"rXYZ": _xyz(_RED),
        b"gXYZ": _xyz(_GREEN),
        b"bXYZ": _xyz(_BLUE),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _profile(tags)


def _profile(tags: dict[bytes, bytes]) -> bytes:
    """The profile of some tags; data that tags share is there once."""
    places: dict[bytes, int] = {}
    offset = 128 + 4 + 12 * len(tags)
    for data in tags.values():
        if data not in places:
            places[data] = offset
            offset += len(data)
    table = struct.pack(">I", len(tags)) + b"".join(
        struct.pack(">4sII", name, places[data], len(data)) for name, data in tags.items()
    )
    head = struct.pack(
        ">I4xI4s4s4s6H4s28x12s48x",
        offset,
        0x04200000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        2000,
        1,
        1,
        0,
        0,
        0,
        b"acsp",
        _fixed(_D50),
    )
    return head + table + b"".join(places)


def _fixed(numbers: Iterable[float]) -> bytes:
    """Numbers as s15Fixed16."""
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _xyz(numbers: Sequence[float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(numbers)


def _words(text: str) -> bytes:
    """A text as multiLocalizedUnicode, padded to four bytes."""
    words = text.encode("utf-16-be")
    data = b"mluc" + struct.pack(">4xII4sII", 1, 12, b"enUS", len(words), 28) + words
    return data + bytes(-len(data) % 4)


def xmp(*, title: str, author: str, language: str, day: date) -> bytes:
    """The metadata of a document as an XMP packet (ISO 16684-1), in step with its information dictionary."""
    stamp = f"{day.isoformat()}T00:00:00Z"
    name, whose, tongue = escape(title), escape(author), escape(language)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{name}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{name}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{whose}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{tongue}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{stamp}</xmp:CreateDate>
<xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<xmp:CreatorTool>facturar</xmp:CreatorTool>
<pdf:Producer>facturar</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>""".encode()
