package dev.trunkline.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run sent, and its observed effects.
 *
 * @param answers responses to damaged messages, by status
 * @param faults contained faults during the run, by the name of the service
 * @param worstOptions the longest wait of an OPTIONS beside the run
 * @param lost packets that the call beside the run missed
 * @param complaints what was wrong with the call beside the run; empty if nothing ever was
 * @param victims number of calls whose RTP was damaged: one, plus one each time that the damage ended the call
 */
public record FuzzFigures(
        long seed, Duration time, long byUdp, long byTcp, long rtp, Map<Integer, Integer> answers, Map<String, Double> faults,
        Duration worstOptions, long heard, long lost, List<String> complaints, int victims) {

    /** Returns the figures as lines for people. */
    public String text() {
        return """
                seed                         %d
                time                         %d s
                damaged SIP                  %d by UDP, %d by TCP
                damaged RTP                  %d packets, in %d calls
                answers by status            %s
                contained faults             %s
                longest wait of an OPTIONS   %d ms
                the call beside it           %d packets heard, %d lost, %s"""
                .formatted(
                        seed, time.toSeconds(), byUdp, byTcp, rtp, victims, new TreeMap<>(answers), new TreeMap<>(faults),
                        worstOptions.toMillis(), heard, lost, complaints.isEmpty() ? "never harmed" : complaints);
    }
}
