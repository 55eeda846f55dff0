package dev.trunkline.longtests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads the reports that Surefire and Failsafe leave in the folders of the modules. */
final class TestReports {
    private static final String SUREFIRE = "target/surefire-reports";
    private static final String FAILSAFE = "target/failsafe-reports";
    private static final String PREFIX = "TEST-";
    /** Some modules are in subfolders of a folder that is not a module. */
    private static final int MODULE_DEPTH = 2;

    private TestReports() {}

    /**
     * @param root of the project
     * @param since older reports belong to another run
     * @return ordered by module and name, without classes of which no test ran
     * @throws IOException naming the file that is not a report
     */
    static List<TestClass> under(Path root, FileTime since) throws IOException {
        List<TestClass> found = new ArrayList<>();
        try (Stream<Path> folders = Files.walk(root, MODULE_DEPTH)) {
            for (Path module : folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).toList()) {
                for (String folder : List.of(SUREFIRE, FAILSAFE)) {
                    found.addAll(in(root.relativize(module).toString(), module.resolve(folder), since));
                }
            }
        }
        found.removeIf(one -> one.tests() == 0);
        found.sort(Comparator.comparing(TestClass::module).thenComparing(TestClass::name));
        return found;
    }

    private static List<TestClass> in(String module, Path folder, FileTime since) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<TestClass> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(TestReports::isReport).toList()) {
                if (Files.getLastModifiedTime(file).compareTo(since) >= 0) {
                    found.add(read(module, file));
                }
            }
        }
        return found;
    }

    private static boolean isReport(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(".xml");
    }

    /** Counts the test cases themselves: where a class has nested classes, the counts at the top of its report are those of the last of them. */
    private static TestClass read(String module, Path file) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader suite = factory.createXMLStreamReader(in);
            suite.nextTag();
            String name = suite.getAttributeValue(null, "name");
            double seconds = Double.parseDouble(suite.getAttributeValue(null, "time").replace(",", ""));
            int tests = 0;
            Set<Integer> failed = new HashSet<>();
            Set<Integer> skipped = new HashSet<>();
            while (suite.hasNext()) {
                if (suite.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (suite.getLocalName()) {
                        case "testcase" -> tests++;
                        case "failure", "error" -> failed.add(tests);
                        case "skipped" -> skipped.add(tests);
                        default -> { }
                    }
                }
            }
            return new TestClass(module, name.substring(name.lastIndexOf('.') + 1), tests, failed.size(), skipped.size(), seconds);
        } catch (XMLStreamException | RuntimeException e) {
            throw new IOException(file + " is no test report: " + e.getMessage(), e);
        }
    }
}
