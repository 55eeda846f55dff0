package dev.trunkline.edge.sip.jain;

import gov.nist.core.StackLogger;
import java.util.Properties;
import org.jboss.logging.Logger;

/**
 * The stack's log. Its texts quote whole messages, and a message names its caller; so a line of ours says only what
 * kind of fault it was and where in the stack. Public and without arguments because the stack makes it by name.
 */
public final class QuietStackLogger implements StackLogger {
    private static final Logger LOG = Logger.getLogger("sip-stack");
    private static final StackWalker CALLERS = StackWalker.getInstance();

    @Override
    public void logError(String message, Exception fault) {
        LOG.warnf("fault %s of %s at %s", fault.getClass().getSimpleName(), origin(fault), where());
    }

    @Override
    public void logError(String message) {
        LOG.debugf("a message was refused at %s", where());
    }

    @Override
    public void logFatalError(String message) {
        LOG.errorf("fatal fault at %s", where());
    }

    @Override
    public void logException(Throwable fault) {
        LOG.warnf("fault %s of %s at %s", fault.getClass().getSimpleName(), origin(fault), where());
    }

    @Override
    public void logWarning(String message) {
        LOG.debugf("warning at %s", where());
    }

    private static String origin(Throwable fault) {
        StackTraceElement[] frames = fault.getStackTrace();
        return frames.length == 0 ? "an unknown place" : frames[0].getFileName() + ":" + frames[0].getLineNumber();
    }

    private static String where() {
        return CALLERS.walk(frames -> frames.filter(frame -> !frame.getClassName().contains("Logger"))
                .findFirst()
                .map(frame -> frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("an unknown place"));
    }

    /** False keeps the stack from building texts that would not be written. */
    @Override
    public boolean isLoggingEnabled() {
        return false;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return false;
    }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int level) {}

    @Override
    public void logDebug(String message) {}

    @Override
    public void logDebug(String message, Exception fault) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logInfo(String message) {}

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String timeStamp) {}

    @Override
    public void setStackProperties(Properties properties) {}
}
