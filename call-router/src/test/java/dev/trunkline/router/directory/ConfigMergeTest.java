package dev.trunkline.router.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigMergeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Cases of RFC 7396 appendix A whose results stay objects, and some of ours. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'a':'b'}; {'a':'c'}; {'a':'c'}",
                "{'a':'b'}; {'b':'c'}; {'a':'b','b':'c'}",
                "{'a':'b'}; {'a':null}; {}",
                "{'a':'b','b':'c'}; {'a':null}; {'b':'c'}",
                "{'a':['b']}; {'a':'c'}; {'a':'c'}",
                "{'a':'c'}; {'a':['b']}; {'a':['b']}",
                "{'a':{'b':'c'}}; {'a':{'b':'d','c':null}}; {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]}; {'a':[1]}; {'a':[1]}",
                "{'e':null}; {'a':1}; {'e':null,'a':1}",
                "{}; {'a':{'bb':{'ccc':null}}}; {'a':{'bb':{}}}",
                "{'a':1}; {}; {'a':1}",
                "{}; {'a':{'b':[{'c':null}]}}; {'a':{'b':[{'c':null}]}}",
                "{'a':1}; {'a':{'b':{'c':2}}}; {'a':{'b':{'c':2}}}",
                "{'a':{'b':{'c':1,'d':2}}}; {'a':{'b':{'d':3}}}; {'a':{'b':{'c':1,'d':3}}}",
            })
    void laysOneOverTheOther(String base, String override, String merged) throws JsonProcessingException {
        assertThat(ConfigMerge.merge(object(base), object(override))).isEqualTo(object(merged));
    }

    @Test
    void changesNeitherArgument() throws JsonProcessingException {
        ObjectNode base = object("{'a':{'b':1}}");
        ObjectNode override = object("{'a':{'c':{'d':2}}}");

        ObjectNode merged = ConfigMerge.merge(base, override);
        ((ObjectNode) merged.at("/a/c")).put("d", 3);

        assertThat(base).isEqualTo(object("{'a':{'b':1}}"));
        assertThat(override).isEqualTo(object("{'a':{'c':{'d':2}}}"));
    }

    private static ObjectNode object(String json) throws JsonProcessingException {
        return JSON.readValue(json.replace('\'', '"'), ObjectNode.class);
    }
}
