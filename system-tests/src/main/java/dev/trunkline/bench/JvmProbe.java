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
 * A JVM of this machine, seen from outside by its own management beans: attached to as {@code jcmd} does, while it runs, so that
 * nothing of its start is another than without. It costs the JVM some threads and sockets for as long as it lasts.
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

    /** @throws IOException if the process is no JVM of this user, or does not let itself be attached to */
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

    /** Bytes that its threads have allocated since its start, those that have ended too. */
    long allocated() {
        return threads.getTotalThreadAllocatedBytes();
    }

    /** The same of the threads that live and whose names begin with this. */
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

    /** Bytes of its heap that are in use after a collection, for which it stops. */
    long liveHeap() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /**
     * The sum of an attribute over all beans whose name fits.
     *
     * @param pattern as {@link ObjectName} has it
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
