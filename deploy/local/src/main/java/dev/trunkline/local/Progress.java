package dev.trunkline.local;

/** Told how a start goes on, from several threads. */
public interface Progress {
    /** Something worth a line. */
    void say(String line);

    /** A part is ready. */
    void started(String part);

    /** Tells nobody. */
    Progress SILENT = new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public void started(String part) {}
    };
}
