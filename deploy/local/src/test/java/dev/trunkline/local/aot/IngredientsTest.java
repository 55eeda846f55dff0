package dev.trunkline.local.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IngredientsTest {
    private static final Ingredients MADE_OF = of("jdk /jdk 25.0.3+9", "flags of-the-JVM -Xmx256m", "jar a.jar 10 1 /lib", "jar b.jar 20 1 /lib");

    @Test
    void theSameIsNoDifference() {
        assertThat(MADE_OF.differenceTo(of(MADE_OF.lines().toArray(String[]::new)))).isEmpty();
    }

    @Test
    void whatDiffersIsSaidInWords() {
        assertThat(MADE_OF.differenceTo(of("jdk /jdk 25.0.4+1", "flags of-the-JVM -Xmx256m", "jar a.jar 10 1 /lib", "jar b.jar 20 1 /lib")))
                .contains("the JDK changed");
        assertThat(MADE_OF.differenceTo(of("jdk /jdk 25.0.3+9", "flags of-the-JVM -Xmx512m", "jar a.jar 10 1 /lib", "jar b.jar 20 1 /lib")))
                .contains("JVM flags changed (of the JVM)");
        assertThat(MADE_OF.differenceTo(of("jdk /jdk 25.0.3+9", "flags of-the-JVM -Xmx256m", "jar a.jar 10 1 /lib", "jar b.jar 20 2 /lib")))
                .contains("b.jar changed");
    }

    @Test
    void aJarThatIsGoneIsADifferenceToo() {
        assertThat(MADE_OF.differenceTo(of("jdk /jdk 25.0.3+9", "flags of-the-JVM -Xmx256m", "jar a.jar 10 1 /lib")))
                .contains("b.jar changed");
    }

    private static Ingredients of(String... lines) {
        return new Ingredients(List.of(lines));
    }
}
