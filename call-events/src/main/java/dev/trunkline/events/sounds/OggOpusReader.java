package dev.trunkline.events.sounds;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads Ogg (RFC 3533) with one stream of Opus in it (RFC 7845), page by page, each examined once. Serves one file. */
final class OggOpusReader {
    private static final int PAGE_HEADER = 27;
    private static final int FULL_SEGMENT = 255;
    private static final int HEAD_LENGTH = 19;
    /** Minor versions, in the low four bits, add nothing that a reader must know. */
    private static final int FIRST_UNKNOWN_VERSION = 16;
    private static final long NO_POSITION = -1;
    private static final long MOST_HEARD = SoundLimits.LONGEST.toSeconds() * SoundFile.OggOpus.CLOCK;

    private final Octets file;
    private final List<byte[]> packets = new ArrayList<>();
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private int seen;
    private int skip;
    private int gain;
    private long decoded;
    private long position = NO_POSITION;

    OggOpusReader(Octets file) {
        this.file = file;
    }

    SoundFile.OggOpus read() throws UnusableSoundException {
        int at = 0;
        int stream = file.has(0, PAGE_HEADER) ? file.int32(14) : 0;
        while (at < file.length()) {
            if (!file.has(at, PAGE_HEADER) || !file.hasText(at, "OggS")) {
                throw damaged("a page is cut off or is not a page");
            }
            int segments = file.int8(at + 26);
            int body = at + PAGE_HEADER + segments;
            int end = body;
            for (int i = 0; file.has(at + PAGE_HEADER, segments) && i < segments; i++) {
                end += file.int8(at + PAGE_HEADER + i);
            }
            if (!file.has(body, end - body)) {
                throw damaged("its last page is cut off");
            }
            if (file.int32(at + 14) != stream) {
                throw new UnusableSoundException(
                        "The Ogg file has several streams: write one with Opus only (ffmpeg -i IN -vn -ac 1 -c:a libopus OUT.ogg).");
            }
            if (OggChecksum.of(file.file(), at, end) != file.int32(at + 22)) {
                throw damaged("the checksum of a page is wrong");
            }
            page(at, segments, body);
            at = end;
        }
        return whole();
    }

    private void page(int at, int segments, int body) throws UnusableSoundException {
        long granule = file.int64(at + 6);
        if (granule != NO_POSITION) {
            position = granule;
        }
        int from = body;
        for (int i = 0; i < segments; i++) {
            int length = file.int8(at + PAGE_HEADER + i);
            unfinished.write(file.file(), from, length);
            from += length;
            if (length < FULL_SEGMENT) {
                byte[] packet = unfinished.toByteArray();
                unfinished.reset();
                packet(packet);
            }
        }
    }

    private void packet(byte[] packet) throws UnusableSoundException {
        switch (seen++) {
            case 0 -> head(new Octets(packet));
            case 1 -> {
                if (!new Octets(packet).hasText(0, "OpusTags")) {
                    throw damaged("it has no tags after its header");
                }
            }
            default -> audio(packet);
        }
    }

    private void head(Octets head) throws UnusableSoundException {
        if (!head.hasText(0, "OpusHead") || head.length() < HEAD_LENGTH || head.int8(8) >= FIRST_UNKNOWN_VERSION) {
            throw new UnusableSoundException(
                    "The Ogg file contains no Opus: convert it (ffmpeg -i IN -ac 1 -c:a libopus -b:a 32k OUT.ogg).");
        }
        if (head.int8(9) != 1) {
            throw new UnusableSoundException("The Ogg file has %d channels, and a phone has one: mix them (ffmpeg -i IN -ac 1 -c:a libopus OUT.ogg)."
                    .formatted(head.int8(9)));
        }
        skip = head.int16(10);
        gain = (short) head.int16(16);
    }

    private void audio(byte[] packet) throws UnusableSoundException {
        int samples = OpusLength.samples(packet);
        if (samples == 0) {
            throw damaged("one of its packets is not Opus");
        }
        decoded += samples;
        if (decoded - skip - OpusLength.MOST_SAMPLES > MOST_HEARD) {
            throw SoundFile.tooLong();
        }
        packets.add(packet);
    }

    private SoundFile.OggOpus whole() throws UnusableSoundException {
        if (unfinished.size() > 0) {
            throw damaged("its last packet is cut off");
        }
        // The last page's position says how much of the last packet counts.
        long end = position == NO_POSITION ? decoded : Math.min(decoded, position);
        var read = new SoundFile.OggOpus(packets, skip, (int) Math.max(0, end - skip), gain);
        SoundFile.checkLength(read.length());
        return read;
    }

    private static UnusableSoundException damaged(String why) {
        return new UnusableSoundException("The Ogg file is damaged, " + why + ": upload the complete file, or convert it again.");
    }
}
