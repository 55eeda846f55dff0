package dev.trunkline.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages for operators name only what exists. */
class DocumentsTest {
    private static final List<String> PAGES = List.of("docs/operating.md", "docs/runbooks.md", "docs/metrics.md", "SECURITY.md", "deploy/README.md");

    @Test
    void every_test_that_stands_against_a_threat_is_there() throws Exception {
        Set<String> tests = new HashSet<>();
        try (Stream<Path> files = Files.walk(Repository.ROOT)) {
            files.filter(file -> file.toString().contains("/src/test/java/") && !file.toString().contains("/target/"))
                    .forEach(file -> tests.add(file.getFileName().toString().replace(".java", "")));
        }
        Set<String> named = found("`([A-Z][A-Za-z0-9]*(?:Test|IT))`", Repository.read("SECURITY.md"));
        assertThat(named).hasSizeGreaterThan(20);
        assertThat(tests).containsAll(named);
    }

    @Test
    void every_setting_that_a_page_names_is_one() throws Exception {
        Set<String> ofTheLauncher = found("\"((?:TRUNKLINE|LIVEKIT)_[A-Z_]+)\"", sources("deploy/local/src/main/java"));
        for (String page : PAGES) {
            for (String name : found("\\b((?:TRUNKLINE|LIVEKIT|QUARKUS)_[A-Z0-9_]*[A-Z0-9])\\b", Repository.read(page))) {
                boolean known = ofTheLauncher.contains(name);
                for (String service : Repository.services().keySet()) {
                    known |= Settings.of(service).has(name);
                }
                assertThat(known).as("%s of %s", name, page).isTrue();
            }
        }
    }

    @Test
    void every_link_leads_somewhere() throws Exception {
        for (String page : PAGES) {
            Path folder = Repository.ROOT.resolve(page).getParent();
            for (String link : found("\\]\\(([^)#]*(?:#[^)]*)?)\\)", Repository.read(page))) {
                String[] parts = link.split("#", 2);
                Path target = parts[0].isEmpty() ? Repository.ROOT.resolve(page) : folder.resolve(parts[0]).normalize();
                assertThat(target).as("%s of %s", link, page).exists();
                if (parts.length == 2) {
                    assertThat(anchors(Files.readString(target))).as("%s of %s", link, page).contains(parts[1]);
                }
            }
        }
    }

    @Test
    void every_file_of_this_repository_that_a_page_names_is_there() throws Exception {
        for (String page : PAGES) {
            for (String name : found("`?\\b(deploy/[A-Za-z0-9_./-]*[A-Za-z0-9])", Repository.read(page))) {
                assertThat(Repository.ROOT.resolve(name)).as("%s of %s", name, page).exists();
            }
        }
    }

    private static Set<String> anchors(String page) {
        return page.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String sources(String folder) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Repository.ROOT.resolve(folder))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static Set<String> found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        Set<String> found = new HashSet<>();
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
