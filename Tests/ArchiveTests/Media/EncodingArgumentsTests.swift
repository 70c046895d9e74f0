import Segmenter
import Testing

@testable import Archive

@Suite("Encoding arguments")
struct EncodingArgumentsTests {
    /// 1.5 s of one run and 2 s of the next.
    private let pieces: [ClipCut.Piece] = [
        .init(segments: [.example(1)], from: .seconds(0.5), to: .seconds(2)),
        .init(segments: [.example(2, run: "b")], from: .zero, to: .seconds(2)),
    ]

    private func arguments(_ media: InitSegment...) throws -> EncodingArguments {
        EncodingArguments(pieces: pieces, plan: try JoinPlan(media))
    }

    @Test("Each piece is an input from its first frame to its last")
    func inputs() throws {
        #expect(
            try arguments(.example(), .example("hvc1")).inputs == [
                "-threads", "1", "-t", "1.498000", "-fflags", "+noparse",
                "-seek_timestamp", "1", "-ss", "0.500000", "-i", "concat:init-a.mp4|000001.m4s",
                "-threads", "1", "-t", "1.998000", "-fflags", "+noparse",
                "-seek_timestamp", "1", "-ss", "0.000000", "-i", "concat:init-b.mp4|000002.m4s",
            ]
        )
    }

    @Test("Each picture is fitted into the largest and moved to where its piece begins")
    func picture() throws {
        let graph = try arguments(.example(), .example(width: 640, height: 480)).pictureGraph
        let fitted = """
            scale=w='2*round(min(1920,1080*dar)/2)':h='2*round(min(1080,1920/dar)/2)',\
            pad=1920:1080:-1:-1,setsar=1,format=yuv420p
            """
        #expect(
            graph == """
                [0:v:0]settb=AVTB,setpts=PTS+0,\(fitted)[v0];\
                [1:v:0]settb=AVTB,setpts=PTS+1500000,\(fitted)[v1];\
                [v0][v1]interleave=2[v]
                """
        )
    }

    @Test("Sound that vanishes goes on as silence, while the picture is left alone")
    func sound() throws {
        let graph = try arguments(.example(sound: [7]), .example()).soundGraph
        #expect(
            graph == """
                [0:a:0]aresample=48000:async=1:first_pts=0,\
                aformat=sample_fmts=fltp:channel_layouts=stereo,apad,atrim=end_sample=72000,\
                asetpts=NB_CONSUMED_SAMPLES[a0];\
                anullsrc=r=48000:cl=stereo,aformat=sample_fmts=fltp,atrim=end_sample=96000,\
                asetpts=NB_CONSUMED_SAMPLES[a1];\
                [a0][a1]concat=2:v=0:a=1[a]
                """
        )
    }

    @Test("Pieces that are no whole number of samples long do not add up to an error")
    func samples() throws {
        let third = Duration.microseconds(333_333)
        let pieces = (1...3).map {
            ClipCut.Piece(segments: [.example($0)], from: .zero, to: third + .microseconds(7))
        }
        let plan = try JoinPlan([.example(sound: [7]), .example(), .example()])
        let graph = EncodingArguments(pieces: pieces, plan: plan).soundGraph
        let counts = graph.split(separator: "end_sample=").dropFirst().compactMap {
            Int($0.prefix { $0.isNumber })
        }
        // 1.00002 s
        #expect(counts.reduce(0, +) == 48_001)
    }

    @Test("The cameras' settings are used, and every frame keeps its moment")
    func encoder() {
        let arguments = EncodingArguments.picture(
            .init(preset: "slow", crf: 30),
            length: .seconds(3.5)
        )
        let options = zip(arguments, arguments.dropFirst()).map { "\($0) \($1)" }
        for option in [
            "-preset slow", "-crf 30", "-fps_mode passthrough",
            "-bsf:v setts=duration=3.500000/TB-PTS",
        ] {
            #expect(options.contains(option))
        }
    }
}
