"""Cuts frames into RTP packets: RFC 3550, and RFC 6184 for H.264, RFC 7798 for H.265, RFC 2435 for JPEG."""

import struct

LARGEST_PAYLOAD = 1200


def h264_payloads(unit):
    """A NAL unit as it is, or in fragmentation units (FU-A)."""
    if len(unit) <= LARGEST_PAYLOAD:
        return [unit]
    indicator, kind = unit[0] & 0xE0 | 28, unit[0] & 0x1F
    parts = pieces(unit[1:])
    return [
        bytes([indicator, ends(index, len(parts)) | kind]) + part for index, part in enumerate(parts)
    ]


def h265_payloads(unit):
    if len(unit) <= LARGEST_PAYLOAD:
        return [unit]
    head, kind = bytes([unit[0] & 0x81 | 49 << 1, unit[1]]), unit[0] >> 1 & 0x3F
    parts = pieces(unit[2:])
    return [head + bytes([ends(index, len(parts)) | kind]) + part for index, part in enumerate(parts)]


def jpeg_payloads(picture):
    """A JPEG of 4:2:0 with the usual Huffman tables, its sides multiples of 8."""
    tables, size, at = b"", None, 2
    while picture[at + 1] != 0xDA:
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4], "big")
        segment = picture[at + 4 : at + 2 + length]
        if marker == 0xDB:
            # Each table stands behind a byte that numbers it.
            tables += b"".join(segment[start + 1 : start + 65] for start in range(0, len(segment), 65))
        elif marker == 0xC0:
            height, width = struct.unpack(">HH", segment[1:5])
            size = bytes([width // 8, height // 8])
        at += 2 + length
    scan = picture[at + 2 + int.from_bytes(picture[at + 2 : at + 4], "big") : -2]
    payloads, offset = [], 0
    for part in pieces(scan):
        head = struct.pack(">I", offset) + bytes([1, 255]) + size
        payloads.append(head + (b"" if offset else struct.pack(">HH", 0, len(tables)) + tables) + part)
        offset += len(part)
    return payloads


def pieces(data):
    return [data[at : at + LARGEST_PAYLOAD] for at in range(0, len(data), LARGEST_PAYLOAD)]


def ends(index, count):
    """The start and end bits of a fragmentation unit's header."""
    return (0x80 if index == 0 else 0) | (0x40 if index == count - 1 else 0)


PAYLOADS = {"h264": h264_payloads, "h265": h265_payloads, "mjpeg": jpeg_payloads}


class Packets:
    """The packets of one track for one viewer, numbered without a gap."""

    def __init__(self, payload_type, channel):
        self.payload_type = payload_type
        self.channel = channel
        self.sequence = 0

    def make(self, payloads, timestamp):
        """Interleaved as RFC 2326, 10.12, has it, the marker bit on the last."""
        packets = []
        for index, payload in enumerate(payloads):
            marker = 0x80 if index == len(payloads) - 1 else 0
            head = struct.pack(
                ">BBHII", 0x80, marker | self.payload_type, self.sequence, timestamp % 2**32, 0x48494E44
            )
            self.sequence = (self.sequence + 1) % 2**16
            packets.append(struct.pack(">cBH", b"$", self.channel, len(head) + len(payload)) + head + payload)
        return packets
