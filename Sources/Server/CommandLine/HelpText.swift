/// What `hindsight --help` prints.
enum HelpText {
    static let text = """
        hindsight \(Hindsight.version): keeps the last minute of every camera, and on a trigger makes \
        the half minute before and after it a clip.

        Usage: hindsight [serve | doctor | reindex] [NAME=value …]
               hindsight check [--repair] [--quick] [--json] [NAME=value …]
               hindsight probe CAMERA [--seconds N] [--json] [NAME=value …]
               hindsight --help | --version

          serve    record, take triggers, serve the page and the API (the default)
          doctor   look for what keeps it from working, and say how to mend it
          probe    record a camera for some seconds, say what it sends and what of that hurts
                   clips. CAMERA is a URL, a device, a video file, test, or the id of a camera
                   that is configured. Without --seconds it takes up to ten.
          check    hold the database against the clips' folders, and each file against its size and
                   checksum (--quick: sizes only). A server may run. --repair sets right what can be:
                   stop the server first. Exit code 0 when all is as it should be, 1 when not.
          reindex  make the database anew of the clips' folders; stop the server first

        Settings come from the command line, the environment, or a file .env in the working
        directory, in this order.

        Cameras
          CAMERA_SOURCE     V4L2 device or index (0, /dev/video0), a video file, or test
          RTSP_URL          rtsp://user:password@host/path
          HTTP_URL          http://host/path (MJPEG, HLS, or other video over HTTP)
          CAMERAS_FILE      a JSON file of cameras, followed while running (cameras.example.json)
                            None of these: the built-in test pattern.
        Recording
          BUFFER_DURATION   seconds that each ring holds [60]
          SEGMENT_DURATION  seconds of a segment where Hindsight encodes [2]
          FFMPEG_ENCODER    what encodes: libx264, h264_vaapi, h264_v4l2m2m, h264_nvenc, h264_qsv
          FFMPEG_PRESET     x264 preset where Hindsight encodes [veryfast]
          FFMPEG_CRF        x264 quality, 0 (best) to 51 [23]
          VIDEO_SIZE        size where Hindsight encodes or the camera is USB, as 1280x720
          VIDEO_RATE        frames a second, likewise
          PIXEL_FORMAT      what a USB camera is to send: mjpeg, yuyv422, h264 …
          CAMERA_LATENCY    seconds from lens to network, dated back [0]
          FFMPEG_PATH       the ffmpeg to use [the first on PATH]
        Storage
          STORAGE_PATH      rings, clips and database [./storage]
          DATABASE_PATH     the database, elsewhere [STORAGE_PATH/database.db]
          MAX_CLIP_DURATION seconds that a clip may last; triggers extend one so far [3600]
          MAX_CLIPS         beyond this many, the oldest finished clips are deleted [no limit]
          MAX_AGE_DAYS      clips whose event is longer ago are deleted [no limit]
          MAX_STORAGE_GB    beyond this much, the oldest clips are deleted [no limit]
          MIN_FREE_GB       of the disk so much stays free, at the oldest clips' cost [1]
        Serving
          PORT              [3001]
          HOST              address to listen on [127.0.0.1; 0.0.0.0 with a key]
          API_KEY           keys that may do everything, separated by commas
          API_KEY_READ      keys that may only look
          API_KEY_TRIGGER   keys that may only trigger
          ALLOW_ANONYMOUS   true: serve other machines without a key
          CORS_ORIGINS      web origins that may call the API, separated by commas
          PUBLIC_PATH       the web page's folder [./public]
          ACCESS_LOG        off, combined or json: a line for each request [off]
          ACCESS_LOG_PATH   a file for it [standard output]
        Limits (see README.md)
          HTTP_MAX_REQUEST_LINE             bytes of a request line [8192]
          HTTP_MAX_HEADER_BYTES             bytes of a request's header fields [32768]
          HTTP_MAX_HEADERS                  header fields of a request [100]
          HTTP_MAX_BODY                     bytes of a request's body [1048576]
          HTTP_MAX_CONNECTIONS              connections at a time [10000]
          HTTP_MAX_CONNECTIONS_PER_ADDRESS  the same from one address [no limit]
          HTTP_HEADER_TIMEOUT               seconds for a request's head [10]
          HTTP_BODY_TIMEOUT                 seconds without a byte of the body [30]
          HTTP_IDLE_TIMEOUT                 seconds between requests [75]
          HTTP_SEND_TIMEOUT                 seconds without the client taking a byte [60]
          HTTP_DRAIN_TIMEOUT                seconds to finish what is under way at the stop [10]
        """
}
