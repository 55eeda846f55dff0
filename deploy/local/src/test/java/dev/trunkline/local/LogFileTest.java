package dev.trunkline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogFileTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-29T12:00:00.5Z"), ZoneId.of("Europe/Brussels"));
    private static final String NOW = "2026-11-29T13:00:00.500+01:00 ";

    @TempDir
    Path folder;

    private LogFile log(long bytes, int older) {
        return new LogFile(folder.resolve("part.log"), new LogFile.Limits(bytes, older), CLOCK);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "2026-11-29T01:46:25.123Z\tINFO x | 2026-11-29T01:46:25.123Z\tINFO x",
        "2026-11-29T01:46:25.123+01:00 x  | 2026-11-29T01:46:25.123+01:00 x",
        "2026-11-29 01:46:25.123 UTC [7]  | 2026-11-29T13:00:00.500+01:00 2026-11-29 01:46:25.123 UTC [7]",
        "7:M 29 Nov 2026 01:46:25.1 * up  | 2026-11-29T13:00:00.500+01:00 7:M 29 Nov 2026 01:46:25.1 * up",
        "short                            | 2026-11-29T13:00:00.500+01:00 short",
    })
    void eachLineHasDateAndOffset(String said, String kept) throws IOException {
        try (LogFile log = log(10_000, 1)) {
            log.write(said);
        }
        assertThat(lines("part.log")).containsExactly(kept);
    }

    @Test
    void whatIsFullBecomesAnOlderFileAndTheOldestGoes() throws IOException {
        try (LogFile log = log(3 * (NOW.length() + 3), 2)) {
            for (int i = 10; i < 21; i++) {
                log.write("" + i);
            }
        }
        assertThat(lines("part.log")).containsExactly(NOW + 19, NOW + 20);
        assertThat(lines("part.1.log")).containsExactly(NOW + 16, NOW + 17, NOW + 18);
        assertThat(lines("part.2.log")).containsExactly(NOW + 13, NOW + 14, NOW + 15);
        assertThat(folder).isDirectoryNotContaining("glob:**part.3.log");
        for (String name : List.of("part.log", "part.1.log", "part.2.log")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)))).isEqualTo("rw-------");
        }
    }

    @Test
    void itGoesOnWhereAnEarlierStartEnded() throws IOException {
        for (int start = 0; start < 3; start++) {
            try (LogFile log = log(2 * (NOW.length() + 2), 1)) {
                log.write("" + start);
            }
        }
        assertThat(lines("part.1.log")).containsExactly(NOW + 0, NOW + 1);
        assertThat(lines("part.log")).containsExactly(NOW + 2);
    }

    @Test
    void aLineWithoutEndIsCutAndTheLastLineNeedsNone() throws Exception {
        String endless = "x".repeat(LogFile.LONGEST_LINE + 5);
        List<String> heard = new ArrayList<>();
        try (LogFile log = log(100_000, 1)) {
            log.copy(new ByteArrayInputStream((endless + "\r\nlast").getBytes(StandardCharsets.UTF_8)), String::toUpperCase, heard::add)
                    .join();
        }
        assertThat(heard).containsExactly("x".repeat(LogFile.LONGEST_LINE), "xxxxx", "last");
        assertThat(lines("part.log")).containsExactly(NOW + "X".repeat(LogFile.LONGEST_LINE), NOW + "XXXXX", NOW + "LAST");
    }

    @Test
    void aProcessWhoseLogCannotBeWrittenIsReadOnAllTheSame() throws Exception {
        Files.createDirectory(folder.resolve("part.log"));
        List<String> heard = new ArrayList<>();
        LogFile log = log(100, 1);
        log.copy(new ByteArrayInputStream("one\ntwo\n".getBytes(StandardCharsets.UTF_8)), line -> line, heard::add).join();
        assertThat(heard).containsExactly("one", "two");
        assertThat(log.lost()).isEqualTo(2);
    }
}
