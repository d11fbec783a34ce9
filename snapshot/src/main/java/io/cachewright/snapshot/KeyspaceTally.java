package io.cachewright.snapshot;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.domain.keys.KeyNames;
import io.cachewright.snapshot.SnapshotReport.BigElement;
import io.cachewright.snapshot.memory.Allocator;
import io.cachewright.snapshot.memory.MemoryModel;
import io.cachewright.snapshot.memory.ServerMemory;
import io.cachewright.snapshot.rdb.Checksum;
import io.cachewright.snapshot.rdb.PackedForm;
import io.cachewright.snapshot.rdb.RadixTree;
import io.cachewright.snapshot.rdb.RdbFormat;
import io.cachewright.snapshot.rdb.RdbKey;
import io.cachewright.snapshot.rdb.RdbVisitor;
import io.cachewright.snapshot.rdb.ValueType;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Adds up keys while they are walked.
class KeyspaceTally implements RdbVisitor {

    private final KeyspaceSums sums;
    private final int elementBytesMin;

    private MemoryModel model =
            new MemoryModel(new ServerMemory(new ServerVersion(Engine.REDIS, 7, 2, 0), Allocator.JEMALLOC_BUNDLED));
    private long atMillis;
    private @Nullable DatabaseTally database;
    private int databaseNumber;

    private RdbKey key = RdbKey.none();
    private ValueType type = ValueType.STRING;
    private byte[] name = new byte[256];
    private int nameLength;
    private FamilyTally family = new FamilyTally();
    private int pattern = -1;
    private int shape;
    private boolean wantsFields;
    private int lastFieldFrom;
    private byte[] lastFieldName = new byte[0];
    private int lastFieldLength;
    private long elementIndex;

    KeyspaceTally(KeyspaceSums sums) {
        this.sums = sums;
        this.elementBytesMin = sums.settings.elementBytesMin();
    }

    final KeyspaceSums sums() {
        return sums;
    }

    @Override
    public void format(RdbFormat ofFile) {
        sums.format = Optional.of(ofFile);
    }

    @Override
    public void auxiliary(String auxiliaryName, String value) {
        sums.addAuxiliary(auxiliaryName, value);
    }

    @Override
    public void function(String code) {
        sums.addFunction(code);
    }

    @Override
    public void moduleData(String module) {
        sums.addModuleData(module);
    }

    @Override
    public void database(int number) {
        select(number);
    }

    @Override
    public void slot(int slot, long keys, long expiring) {
        (database == null ? select(RdbKey.INHERITED) : database).slots++;
    }

    private DatabaseTally select(int number) {
        if (database == null) {
            model = new MemoryModel(sums.server());
            atMillis = sums.at().toEpochMilli();
        }
        databaseNumber = number;
        database = sums.select(number);
        return database;
    }

    @Override
    public void key(RdbKey next) {
        if (database == null || databaseNumber != next.database()) {
            select(next.database());
        }
        key = next;
        type = next.type();
        nameLength = next.nameLength();
        if (name.length < nameLength) {
            name = new byte[Math.max(nameLength, 2 * name.length)];
        }
        System.arraycopy(next.name(), next.nameFrom(), name, 0, nameLength);
        family = family();
        wantsFields = family.wantsFields();
        elementIndex = 0;
        model.begin(next.type(), nameLength, next.expires());
    }

    private FamilyTally family() {
        pattern = sums.byPattern.length == 0 ? -1 : sums.settings.patterns().match(name, 0, nameLength);
        if (pattern >= 0) {
            return sums.byPattern[pattern];
        }
        shape = sums.shapes.of(name, 0, nameLength);
        return sums.ofShape(shape);
    }

    @Override
    public void string(long bytes, boolean integer) {
        model.string(bytes, integer);
    }

    @Override
    public boolean packed(PackedForm form, long bytes, long elements) {
        model.packed(form, bytes, elements);
        return (bytes > elementBytesMin && form != PackedForm.INTSET && sums.biggestElements.takes(bytes))
                || (wantsFields && type == ValueType.HASH);
    }

    @Override
    public int packedElementBytesMin() {
        return wantsFields && type == ValueType.HASH ? 0 : elementBytesMin;
    }

    @Override
    public void packedElement(long index, byte[] bytes, int from, int length) {
        if (type == ValueType.HASH) {
            if (index % 2 == 0) {
                if (wantsFields) {
                    family.addField(bytes, from, length);
                }
                lastFieldName = bytes;
                lastFieldFrom = from;
                lastFieldLength = length;
            }
        }
        if (length >= elementBytesMin && sums.biggestElements.takes(length)) {
            boolean value = type == ValueType.HASH && index % 2 == 1;
            String place = value
                    ? KeyNames.printable(lastFieldName, lastFieldFrom, Math.min(lastFieldLength, 64))
                    : Long.toString(index);
            offerElement(place, length);
        }
    }

    @Override
    public void table(long elements) {
        model.table(elements);
    }

    @Override
    public void list(long nodes) {}

    @Override
    public void element(long bytes, boolean integer) {
        model.element(bytes, integer);
        if (bytes >= elementBytesMin && sums.biggestElements.takes(bytes)) {
            String place = type == ValueType.HASH && lastFieldLength > 0
                    ? KeyNames.printable(lastFieldName, 0, lastFieldLength)
                    : Long.toString(elementIndex);
            offerElement(place, bytes);
        }
        elementIndex++;
    }

    private void offerElement(String place, long bytes) {
        sums.biggestElements.offer(
                bytes,
                () -> new BigElement(key.database(), KeyNames.printable(name, 0, nameLength), type, place, bytes));
    }

    @Override
    public void field(long bytes, boolean integer, byte[] fieldName, int fieldLength) {
        model.field(bytes, integer);
        lastFieldName = fieldName;
        lastFieldLength = fieldLength;
        if (wantsFields && bytes == fieldLength) {
            family.addField(fieldName, 0, fieldLength);
        }
    }

    @Override
    public void fieldExpiry(long expiresAt) {
        model.fieldExpiry();
    }

    @Override
    public void streamNode(long listpackBytes) {
        model.streamNode(listpackBytes);
    }

    @Override
    public void streamEnd(long entries, RadixTree tree) {
        model.streamEnd(entries, tree);
    }

    @Override
    public void group(long nameBytes, RadixTree pending) {
        model.group(pending);
    }

    @Override
    public void consumer(long nameBytes, RadixTree pending) {
        model.consumer(nameBytes, pending);
    }

    @Override
    public void module(String module) {
        sums.moduleKeys++;
    }

    @Override
    public void keyEnd(long fileBytes) {
        model.end(fileBytes);
        TimeToLive timeToLive = key.expires() ? TimeToLive.of(key.expiresAt() - atMillis) : TimeToLive.NONE;
        family.add(key, model, fileBytes, timeToLive);
        if (database != null) {
            database.add(type, model, fileBytes, timeToLive);
        }
        if (sums.biggestKeys.takes(model.allocated())) {
            sums.biggestKeys.offer(model.allocated(), () -> row("", fileBytes));
        }
    }

    /// The key that ended.
    final KeyRow row(String ofFamily, long fileBytes) {
        return new KeyRow(
                key.database(),
                KeyNames.printable(name, 0, nameLength),
                ofFamily,
                type,
                model.encoding(),
                model.elements(),
                fileBytes,
                model.usage(),
                model.allocated(),
                key.expires() ? Optional.of(Instant.ofEpochMilli(key.expiresAt())) : Optional.empty(),
                key.idleSeconds() < 0 ? OptionalLong.empty() : OptionalLong.of(key.idleSeconds()),
                key.frequency() < 0 ? OptionalInt.empty() : OptionalInt.of(key.frequency()));
    }

    /// The tally of `of` in which the key that ended was counted, had it been told there.
    final FamilyTally familyIn(KeyspaceSums of) {
        return pattern >= 0 ? of.byPattern[pattern] : of.ofShape(shape);
    }

    @Override
    public void end(Checksum ofFile) {
        sums.checksum = ofFile;
    }
}
