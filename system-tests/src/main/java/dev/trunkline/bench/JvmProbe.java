package dev.trunkline.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Inspects a JVM of this machine from outside through its own management beans. It attaches to the running JVM as {@code jcmd}
 * does, so the JVM's start is not affected. While it is attached, it costs the JVM some threads and sockets.
 */
final class JvmProbe implements AutoCloseable {
    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;

    private JvmProbe(JMXConnector connector) throws IOException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
        this.threads = ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        this.memory = ManagementFactory.newPlatformMXBeanProxy(beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    /** Attaches to a process. @throws IOException if it is not a JVM of this user, or refuses to be attached to */
    static JvmProbe attach(long pid) throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return new JvmProbe(JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent())));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("process " + pid + " does not let itself be attached to", e);
        }
    }

    /** Returns the bytes that its threads have allocated since its start, including threads that have ended. */
    long allocated() {
        return threads.getTotalThreadAllocatedBytes();
    }

    /** Returns the same for the live threads whose names begin with this prefix. */
    long allocatedBy(String namePrefix) {
        long[] ids = threads.getAllThreadIds();
        ThreadInfo[] infos = threads.getThreadInfo(ids);
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        long sum = 0;
        for (int i = 0; i < ids.length; i++) {
            if (infos[i] != null && infos[i].getThreadName().startsWith(namePrefix)) {
                sum += Math.max(bytes[i], 0);
            }
        }
        return sum;
    }

    /** Returns the bytes of its heap in use after a collection, for which the JVM pauses. */
    long liveHeap() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /**
     * Returns the sum of an attribute over all beans whose name matches.
     *
     * @param pattern as defined by {@link ObjectName}
     * @return 0 if there is none
     */
    double sum(String pattern, String attribute) throws IOException {
        try {
            double sum = 0;
            for (ObjectName name : List.copyOf(beans.queryNames(new ObjectName(pattern), null))) {
                sum += ((Number) beans.getAttribute(name, attribute)).doubleValue();
            }
            return sum;
        } catch (MalformedObjectNameException e) {
            throw new IllegalArgumentException("no pattern of names: " + pattern, e);
        } catch (JMException e) {
            throw new IOException("a bean has gone: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
