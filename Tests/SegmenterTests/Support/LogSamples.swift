/// What ffmpeg 5.1 really wrote of its input, up to the first line of the output's part.
enum LogSamples {
    static let rtspH264AAC = """
        [info] Input #0, rtsp, from 'rtsp://user:pass@127.0.0.1:8554/h264-aac':
        [info]   Metadata:
        [info]     title           : Session streamed with GStreamer
        [info]     comment         : rtsp-server
        [info]   Duration: N/A, start: 0.040000, bitrate: N/A
        [info]   Stream #0:0: Video: h264 (Constrained Baseline), yuv420p(progressive), 640x360 [SAR 1:1 DAR 16:9], 25 fps, 25 tbr, 90k tbn
        [info]   Stream #0:1: Audio: aac (LC), 48000 Hz, mono, fltp
        [info] Output #0, hls, to 'index.m3u8':
        """

    static let rtspG711 = """
        [info] Input #0, rtsp, from 'rtsp://127.0.0.1:8554/h264-g711':
        [info]   Metadata:
        [info]     title           : Session streamed with GStreamer
        [info]     comment         : rtsp-server
        [info]   Duration: N/A, start: 0.000000, bitrate: N/A
        [info]   Stream #0:0: Video: h264 (Constrained Baseline), yuv420p(progressive), 640x360 [SAR 1:1 DAR 16:9], 25 fps, 25 tbr, 90k tbn
        [info]   Stream #0:1: Audio: pcm_alaw, 8000 Hz, mono, s16, 64 kb/s
        [info] Output #0, hls, to 'index.m3u8':
        """

    static let rtspH265 = """
        [info] Input #0, rtsp, from 'rtsp://127.0.0.1:8554/h265':
        [info]   Metadata:
        [info]     title           : Session streamed with GStreamer
        [info]     comment         : rtsp-server
        [info]   Duration: N/A, start: 0.040000, bitrate: N/A
        [info]   Stream #0:0: Video: hevc (Main), yuv420p(tv), 640x360 [SAR 1:1 DAR 16:9], 25 fps, 25 tbr, 90k tbn
        [info] Output #0, hls, to 'index.m3u8':
        """

    /// The camera was too slow for the probing: its picture's size and rate are not known.
    static let rtspUnprobed = """
        [rtsp @ 0x55facf366a80] [warning] Could not find codec parameters for stream 0 (Video: h264, none): unspecified size
        Consider increasing the value for the 'analyzeduration' (0) and 'probesize' (5000000) options
        [info] Input #0, rtsp, from 'rtsp://127.0.0.1:8554/h264-aac':
        [info]   Metadata:
        [info]     title           : Session streamed with GStreamer
        [info]     comment         : rtsp-server
        [info]   Duration: N/A, bitrate: N/A
        [info]   Stream #0:0: Video: h264, none, 90k tbr, 90k tbn
        [info]   Stream #0:1: Audio: aac, 48000 Hz, mono, fltp
        [info] Output #0, hls, to 'index.m3u8':
        """

    /// Without timestamps of its own: the rate is a guess from the time base.
    static let mjpegOverHTTP = """
        [info] Input #0, mpjpeg, from 'http://127.0.0.1:8080/video':
        [info]   Duration: N/A, start: 1795349990.120000, bitrate: N/A
        [info]   Stream #0:0: Video: mjpeg (Baseline), yuvj420p(pc, bt470bg/unknown/unknown), 640x360 [SAR 1:1 DAR 16:9], 25 tbr, 25 tbn
        [info] Stream mapping:
        """

    static let usbRaw = """
        [info] Input #0, video4linux2,v4l2, from '/dev/video0':
        [info]   Duration: N/A, start: 4362.181042, bitrate: 147456 kb/s
        [info]   Stream #0:0: Video: rawvideo (YUY2 / 0x32595559), yuyv422, 640x480, 147456 kb/s, 30 fps, 30 tbr, 1000k tbn
        [info] Stream mapping:
        """

    static let usbMJPEG = """
        [info] Input #0, video4linux2,v4l2, from '/dev/video0':
        [info]   Duration: N/A, start: 80154.571313, bitrate: N/A
        [info]   Stream #0:0: Video: mjpeg (Baseline), yuvj422p(pc, bt470bg/unknown/unknown), 1280x720, 29.97 fps, 30 tbr, 1000k tbn
        [info] Stream mapping:
        """

    static let lavfi = """
        [info] Input #0, lavfi, from 'testsrc2=size=320x180:rate=25[out0];sine=frequency=440:sample_rate=48000[out1]':
        [info]   Duration: N/A, start: 0.000000, bitrate: 768 kb/s
        [info]   Stream #0:0: Video: rawvideo (I420 / 0x30323449), yuv420p, 320x180 [SAR 1:1 DAR 16:9], 25 tbr, 25 tbn
        [info]   Stream #0:1: Audio: pcm_s16le, 48000 Hz, mono, s16, 768 kb/s
        [info] Stream mapping:
        """

    static let file = """
        [info] Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:b.mp4':
        [info]   Metadata:
        [info]     major_brand     : isom
        [info]     minor_version   : 512
        [info]     compatible_brands: isomiso2avc1mp41
        [info]     encoder         : Lavf59.27.100
        [info]   Duration: 00:00:02.00, start: 0.000000, bitrate: 228 kb/s
        [info]   Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(progressive), 320x180 [SAR 1:1 DAR 16:9], 223 kb/s, 25 fps, 25 tbr, 12800 tbn (default)
        [info]     Metadata:
        [info]       handler_name    : VideoHandler
        [info]       vendor_id       : [0][0][0][0]
        [info]       encoder         : Lavc59.37.100 libx264
        [info] Output #0, hls, to 'index.m3u8':
        """

    static let soundOnly = """
        [info] Input #0, wav, from 'file:tone.wav':
        [info]   Duration: 00:00:01.00, bitrate: 705 kb/s
        [info]   Stream #0:0: Audio: pcm_s16le ([1][0][0][0] / 0x0001), 44100 Hz, 1 channels, s16, 705 kb/s
        [info] Output #0, hls, to 'index.m3u8':
        """

    /// Over HTTP, without a container.
    static let rawH264 = """
        [info] Input #0, h264, from 'http://127.0.0.1:38003/play/a.h264':
        [info]   Duration: N/A, bitrate: N/A
        [info]   Stream #0:0: Video: h264 (Constrained Baseline), yuv420p(progressive), 320x180 [SAR 1:1 DAR 16:9], 25 fps, 25 tbr, 1200k tbn
        [info] Output #0, hls, to 'index.m3u8':
        """

    static let transportStream = """
        [info] Input #0, mpegts, from 'http://127.0.0.1:38003/play/aa.ts':
        [info]   Duration: N/A, start: 1.400000, bitrate: N/A
        [info]   Program 1 
        [info]     Metadata:
        [info]       service_name    : Service01
        [info]       service_provider: FFmpeg
        [info]   Stream #0:0[0x100]: Video: h264 (Constrained Baseline) ([27][0][0][0] / 0x001B), yuv420p(progressive), 320x180 [SAR 1:1 DAR 16:9], 25 fps, 25 tbr, 90k tbn
        [info]   Stream #0:1[0x101]: Audio: aac (LC) ([15][0][0][0] / 0x000F), 44100 Hz, mono, fltp, 71 kb/s
        [info] Output #0, hls, to 'index.m3u8':
        """
}
