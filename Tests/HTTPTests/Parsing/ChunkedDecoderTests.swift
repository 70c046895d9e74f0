import Testing

@testable import HTTP

@Suite("Chunked decoder (RFC 9112 §7.1)")
struct ChunkedDecoderTests {
    @Test(
        "Decodes a body, whole and byte by byte, and leaves what follows",
        arguments: [
            ("0\r\n\r\n", ""),
            ("5\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"),
            ("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789"),
            ("0005\r\nhello\r\n000\r\n\r\n", "hello"),
            ("5;name=value\r\nhello\r\n0;last\r\n\r\n", "hello"),
            ("5;n=\"quoted\"\r\nhello\r\n0\r\n\r\n", "hello"),
            ("5\r\nhello\r\n0\r\nTrailer: dropped\r\nOther: too\r\n\r\n", "hello"),
            ("2\r\n\r\n\r\n0\r\n\r\n", "\r\n"),
        ]
    )
    func decodes(_ encoded: String, _ decoded: String) throws {
        let bytes = Array(encoded.utf8)
        for pieceSize in [bytes.count + 4, 1, 2, 3] {
            var decoder = ChunkedDecoder(bodyLimit: 100, trailerLimit: 100)
            var output: [UInt8] = []
            var rest = (bytes + Array("next".utf8))[...]
            while !decoder.isComplete {
                let piece = Array(rest.prefix(pieceSize))
                rest = rest.dropFirst(try decoder.decode(piece.span, into: &output))
            }
            #expect(String(decoding: output, as: UTF8.self) == decoded)
            #expect(String(decoding: rest, as: UTF8.self) == "next")
        }
    }

    @Test(
        "Refuses what is malformed or too large",
        arguments: [
            ("\r\n", 400),
            ("g\r\n", 400),
            ("-1\r\n", 400),
            ("+5\r\nhello\r\n", 400),
            ("0x5\r\nhello\r\n", 400),
            (" 5\r\nhello\r\n", 400),
            ("5 \r\nhello\r\n", 400),
            ("5\nhello\n", 400),
            ("5\rhello", 400),
            ("5\r\nhelloX\r\n", 400),
            ("5\r\nhello\n0\r\n\r\n", 400),
            ("5;a=\u{0}\r\n", 400),
            ("5;a\rb\r\n", 400),
            ("0\r\nA: b\n\r\n", 400),
            ("0\r\nA: \u{0}\r\n\r\n", 400),
            ("ffffffffffffffff\r\n", 400),
            ("10000000000000000000000000000005\r\nhello\r\n", 400),
            ("00000000000000000005\r\nhello\r\n", 400),
            ("fffffffffffffff\r\n", 413),
            ("65\r\n", 413),
            ("60\r\n" + String(repeating: "a", count: 96) + "\r\n5\r\n", 413),
            ("1;" + String(repeating: "a", count: 1100) + "\r\n", 431),
            ("0\r\nA: " + String(repeating: "a", count: 110) + "\r\n", 431),
        ]
    )
    func refuses(_ encoded: String, _ expected: Int) {
        let bytes = Array(encoded.utf8)
        for pieceSize in [bytes.count, 1] {
            var decoder = ChunkedDecoder(bodyLimit: 100, trailerLimit: 100)
            var output: [UInt8] = []
            let found = status {
                for start in stride(from: 0, to: bytes.count, by: pieceSize) {
                    let piece = Array(bytes[start..<min(start + pieceSize, bytes.count)])
                    _ = try decoder.decode(piece.span, into: &output)
                }
            }
            #expect(found == expected)
            #expect(output.count <= 100)
        }
    }
}
