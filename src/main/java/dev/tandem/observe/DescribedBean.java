package dev.tandem.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.Descriptor;
import javax.management.DynamicMBean;
import javax.management.ImmutableDescriptor;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ReflectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bean made from a table: attributes that can be read and operations without parameters, each with its description. */
final class DescribedBean implements DynamicMBean {
    private static final Logger LOG = LoggerFactory.getLogger(DescribedBean.class);

    /** @param unit of a number, or the form of a text; also in the attribute's descriptor */
    record Shown(String name, Class<?> type, String unit, String words, Supplier<Object> value) {}

    /** @param action answers in a sentence */
    record Doable(String name, String words, Supplier<String> action) {}

    private final List<Shown> attributes;
    private final List<Doable> operations;
    private final MBeanInfo info;

    DescribedBean(String words, List<Shown> attributes, List<Doable> operations) {
        this.attributes = List.copyOf(attributes);
        this.operations = List.copyOf(operations);
        this.info = new MBeanInfo(
                DescribedBean.class.getName(),
                words,
                attributes.stream().map(DescribedBean::info).toArray(MBeanAttributeInfo[]::new),
                null,
                operations.stream().map(DescribedBean::info).toArray(MBeanOperationInfo[]::new),
                null);
    }

    private static MBeanAttributeInfo info(Shown attribute) {
        Descriptor units = new ImmutableDescriptor("units=" + attribute.unit());
        return new MBeanAttributeInfo(
                attribute.name(), attribute.type().getName(), attribute.words(), true, false, false, units);
    }

    private static MBeanOperationInfo info(Doable operation) {
        return new MBeanOperationInfo(
                operation.name(),
                operation.words(),
                new MBeanParameterInfo[0],
                String.class.getName(),
                MBeanOperationInfo.ACTION);
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return info;
    }

    @Override
    public Object getAttribute(String name) throws AttributeNotFoundException, MBeanException {
        for (Shown attribute : attributes) {
            if (attribute.name().equals(name)) {
                return told(attribute.value());
            }
        }
        throw new AttributeNotFoundException("there is no attribute " + name);
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        List<Attribute> known = new ArrayList<>();
        for (String name : names) {
            try {
                known.add(new Attribute(name, getAttribute(name)));
            } catch (AttributeNotFoundException | MBeanException e) {
                LOG.debug("JMX: {} could not be read: {}", name, e.getMessage());
            }
        }
        AttributeList list = new AttributeList();
        list.addAll(known);
        return list;
    }

    @Override
    public Object invoke(String name, Object[] parameters, String[] signature)
            throws MBeanException, ReflectionException {
        for (Doable operation : operations) {
            if (operation.name().equals(name)) {
                LOG.debug("JMX: {}", name);
                return told(operation.action());
            }
        }
        throw new ReflectionException(new NoSuchMethodException(name), "there is no operation " + name);
    }

    /** The console at the other end may not know our classes, nor should it see a database's message. */
    private static <T> T told(Supplier<T> asked) throws MBeanException {
        try {
            return asked.get();
        } catch (RuntimeException e) {
            LOG.warn("JMX: not done: {}", e.getClass().getName());
            throw new MBeanException(
                    new IllegalStateException("It could not be done: the ledger's database may be away ("
                            + e.getClass().getSimpleName() + "). See the log."));
        }
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("nothing here can be set: use the operations");
    }

    @Override
    public AttributeList setAttributes(AttributeList list) {
        return new AttributeList();
    }
}
