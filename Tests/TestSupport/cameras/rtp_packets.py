"""Cuts frames into RTP packets: RFC 3550, and RFC 6184 for H.264, RFC 7798 for H.265."""

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


def pieces(data):
    return [data[at : at + LARGEST_PAYLOAD] for at in range(0, len(data), LARGEST_PAYLOAD)]


def ends(index, count):
    """The start and end bits of a fragmentation unit's header."""
    return (0x80 if index == 0 else 0) | (0x40 if index == count - 1 else 0)


PAYLOADS = {"h264": h264_payloads, "h265": h265_payloads}


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
