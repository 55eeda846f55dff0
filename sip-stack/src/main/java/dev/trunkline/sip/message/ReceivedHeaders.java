package dev.trunkline.sip.message;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The header fields of a message, read from its octets. */
record ReceivedHeaders(Head head) implements SipHeaders {

    @Override
    public List<String> values(String name) {
        var values = new ArrayList<String>(2);
        for (int field = 0; field < head.count(); field++) {
            if (head.named(field, name)) {
                values.add(head.text(field));
            }
        }
        return values;
    }

    @Override
    public java.util.Optional<String> first(String name) {
        for (int field = 0; field < head.count(); field++) {
            if (head.named(field, name)) {
                return java.util.Optional.of(head.text(field));
            }
        }
        return java.util.Optional.empty();
    }

    @Override
    public Set<String> names() {
        var names = LinkedHashSet.<String>newLinkedHashSet(head.count());
        for (int field = 0; field < head.count(); field++) {
            int from = head.nameFrom(field);
            int to = head.nameTo(field);
            String longForm = to - from == 1 ? CompactForms.of(head.octets()[from]) : "";
            names.add(longForm.isEmpty() ? Scan.text(head.octets(), from, to) : longForm);
        }
        return names;
    }
}
