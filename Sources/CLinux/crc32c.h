// CRC-32C by the CPU's own instruction: SSE 4.2 on x86-64, the CRC extension on AArch64.
#ifndef HINDSIGHT_CRC32C_H
#define HINDSIGHT_CRC32C_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__)
#include <cpuid.h>
#elif defined(__aarch64__)
#include <sys/auxv.h>
#endif

/// Whether this CPU has the instruction.
static inline int clinux_has_crc32c(void) {
#if defined(__x86_64__)
    unsigned int a, b, c = 0, d;
    return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_2) != 0;
#elif defined(__aarch64__)
    return (getauxval(AT_HWCAP) & (1ul << 7)) != 0; // HWCAP_CRC32
#else
    return 0;
#endif
}

/// Takes more bytes into a CRC-32C, without the inversions at its beginning and end. Only where
/// clinux_has_crc32c() says so.
#if defined(__x86_64__)
__attribute__((target("sse4.2")))
static inline uint32_t clinux_crc32c(uint32_t crc, const uint8_t *bytes, size_t count) {
    uint64_t state = crc;
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        state = __builtin_ia32_crc32di(state, word);
    }
    for (; count > 0; bytes++, count--) {
        state = __builtin_ia32_crc32qi((uint32_t)state, *bytes);
    }
    return (uint32_t)state;
}
#elif defined(__aarch64__)
__attribute__((target("crc")))
static inline uint32_t clinux_crc32c(uint32_t crc, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        crc = __builtin_arm_crc32cd(crc, word);
    }
    for (; count > 0; bytes++, count--) crc = __builtin_arm_crc32cb(crc, *bytes);
    return crc;
}
#else
static inline uint32_t clinux_crc32c(uint32_t crc, const uint8_t *bytes, size_t count) {
    (void)bytes, (void)count;
    return crc;
}
#endif

#endif
