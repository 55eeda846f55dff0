package dev.trunkline.rtc;

import dev.trunkline.rtc.loop.FaultListener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Settings of the library.
 *
 * @param loops          media loops, each one thread; 1 to 64. Default: half of the processors, at least 1
 * @param bindAddress    the local address of the rooms' UDP sockets; empty for every address of the machine
 * @param joinTimeout    from the join call until media is up and the track published; default 10 s
 * @param resumeTimeout  how long to keep trying to resume a lost connection; default 10 s
 * @param consentTimeout how long the server's ICE answers may be missing before the media path counts as lost; RFC 7675
 *                       section 5.1 allows 30 s at most, default 10 s
 * @param rtcpInterval   between RTCP reports of a room (RFC 3550 section 6.2), randomised by half; default 5 s
 * @param faults         is told what one packet, room or listener threw and what ended as a result; default: logged
 */
public record RtcSettings(
        int loops,
        Optional<InetAddress> bindAddress,
        Duration joinTimeout,
        Duration resumeTimeout,
        Duration consentTimeout,
        Duration rtcpInterval,
        FaultListener faults) {

    private static final Logger LOG = Logger.getLogger(RtcSettings.class);

    public RtcSettings {
        if (loops < 1 || loops > 64) {
            throw new IllegalArgumentException("loops must be 1 to 64, but is " + loops);
        }
        requirePositive("joinTimeout", joinTimeout);
        requirePositive("resumeTimeout", resumeTimeout);
        requirePositive("consentTimeout", consentTimeout);
        requirePositive("rtcpInterval", rtcpInterval);
        if (consentTimeout.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("consentTimeout must be 30 s at most (RFC 7675), but is " + consentTimeout);
        }
    }

    public static RtcSettings defaults() {
        return new RtcSettings(
                Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                (where, fault) -> LOG.errorf(fault, "%s: a fault was contained", where));
    }

    public RtcSettings withLoops(int count) {
        return new RtcSettings(count, bindAddress, joinTimeout, resumeTimeout, consentTimeout, rtcpInterval, faults);
    }

    public RtcSettings withBindAddress(InetAddress address) {
        return new RtcSettings(loops, Optional.of(address), joinTimeout, resumeTimeout, consentTimeout, rtcpInterval, faults);
    }

    public RtcSettings withJoinTimeout(Duration timeout) {
        return new RtcSettings(loops, bindAddress, timeout, resumeTimeout, consentTimeout, rtcpInterval, faults);
    }

    public RtcSettings withResumeTimeout(Duration timeout) {
        return new RtcSettings(loops, bindAddress, joinTimeout, timeout, consentTimeout, rtcpInterval, faults);
    }

    public RtcSettings withConsentTimeout(Duration timeout) {
        return new RtcSettings(loops, bindAddress, joinTimeout, resumeTimeout, timeout, rtcpInterval, faults);
    }

    public RtcSettings withRtcpInterval(Duration interval) {
        return new RtcSettings(loops, bindAddress, joinTimeout, resumeTimeout, consentTimeout, interval, faults);
    }

    public RtcSettings withFaults(FaultListener listener) {
        return new RtcSettings(loops, bindAddress, joinTimeout, resumeTimeout, consentTimeout, rtcpInterval, listener);
    }

    private static void requirePositive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero, but is " + value);
        }
    }
}
