package dev.trunkline.local;

/** Receives the progress of a start, from several threads. */
public interface Progress {
    /** Reports something that deserves a line. */
    void say(String line);

    /** Reports that a part is ready. */
    void started(String part);

    /** Ignores everything. */
    Progress SILENT = new Progress() {
        @Override
        public void say(String line) {}

        @Override
        public void started(String part) {}
    };
}
