/// What to say when no camera is configured.
enum TestPatternNotice {
    static let finding = Finding.warning(
        "no camera is configured: the built-in test pattern is recorded",
        remedy: """
            set CAMERA_SOURCE (a USB camera: 0), RTSP_URL, HTTP_URL or CAMERAS_FILE, \
            in the environment or in .env
            """
    )
}
