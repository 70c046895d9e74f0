"""Pictures that say when they were taken; ClockFrames.swift reads them."""

import binascii


class ClockPicture:
    """Grey I420 pictures of 16:9 whose upper part is a code of black and white squares.

    Twenty squares a row, whatever the picture's size, so that the code survives scaling; five rows, of
    which the first 96 squares count, white for 1: 7 bytes of microseconds since 1970, 3 bytes of the
    frame's number, and their CRC-16 (CCITT, from 0), big end first. The other squares are black.
    """

    SQUARES_PER_ROW, ROWS = 20, 5

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.square = width // self.SQUARES_PER_ROW
        self.black, self.white = bytes([16]) * self.square, bytes([235]) * self.square
        grey = bytes([96]) * (width * (height - self.ROWS * self.square))
        self.rest = grey + bytes([128]) * (width * height // 2)

    def frame(self, microseconds, number):
        data = microseconds.to_bytes(7, "big") + (number % 2**24).to_bytes(3, "big")
        data += binascii.crc_hqx(data, 0).to_bytes(2, "big")
        code = int.from_bytes(data, "big") << (self.SQUARES_PER_ROW * self.ROWS - 96)
        last = self.SQUARES_PER_ROW * self.ROWS - 1
        squares = [self.white if code >> (last - bit) & 1 else self.black for bit in range(last + 1)]
        rows = (
            b"".join(squares[start : start + self.SQUARES_PER_ROW]) * self.square
            for start in range(0, last + 1, self.SQUARES_PER_ROW)
        )
        return b"".join(rows) + self.rest
