/// Bytes that can be read in any order: a file, or an array that stands for one.
protocol ByteSource: ~Copyable {
    var size: Int64 { get }
    /// Up to `count` bytes from `offset`; fewer only at the end.
    func read(at offset: Int64, count: Int) throws(SegmenterError) -> [UInt8]
}
