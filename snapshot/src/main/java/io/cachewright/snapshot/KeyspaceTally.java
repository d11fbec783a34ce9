package io.cachewright.snapshot;

import io.cachewright.domain.Engine;
import io.cachewright.domain.ServerVersion;
import io.cachewright.domain.keys.KeyNames;
import io.cachewright.domain.keys.KeyShapes;
import io.cachewright.snapshot.SnapshotReport.BigElement;
import io.cachewright.snapshot.memory.Allocator;
import io.cachewright.snapshot.memory.Encoding;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds up an RDB file while it is walked.
class KeyspaceTally implements RdbVisitor {

    /// A writer that does not say its version is taken for this one.
    private static final ServerVersion UNKNOWN_WRITER = new ServerVersion(Engine.REDIS, 7, 2, 0);

    private static final int AUXILIARY_MAX = 1_000;
    private static final int FUNCTIONS_MAX = 10_000;

    static final class DatabaseTally extends Tally {
        long expiring;
        int slots;
    }

    final ReportSettings settings;
    final KeyShapes shapes;
    final List<@Nullable FamilyTally> byShape = new ArrayList<>();
    final FamilyTally[] byPattern;
    final Tally all = new Tally();
    final Map<Integer, DatabaseTally> databases = new TreeMap<>();
    final EnumMap<ValueType, EnumMap<Encoding, Tally>> types = new EnumMap<>(ValueType.class);
    final EnumMap<TimeToLive, Tally> timesToLive = new EnumMap<>(TimeToLive.class);
    final Biggest<KeyRow> biggestKeys;
    final Biggest<BigElement> biggestElements;
    final Map<String, String> auxiliary = new LinkedHashMap<>();
    final List<String> functions = new ArrayList<>();
    final List<String> moduleData = new ArrayList<>();
    Optional<RdbFormat> format = Optional.empty();
    Checksum checksum = Checksum.ABSENT;
    long moduleKeys;

    private @Nullable ServerMemory server;
    private @Nullable Instant at;
    private long atMillis;
    private MemoryModel model = new MemoryModel(new ServerMemory(UNKNOWN_WRITER, Allocator.JEMALLOC_BUNDLED));
    private DatabaseTally database = new DatabaseTally();
    private int databaseNumber = -1;

    private RdbKey key = RdbKey.none();
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

    KeyspaceTally(ReportSettings settings, KeyShapes shapes) {
        this.settings = settings;
        this.shapes = shapes;
        this.byPattern = new FamilyTally[settings.patterns().families().size()];
        Arrays.setAll(byPattern, _ -> new FamilyTally());
        this.biggestKeys = new Biggest<>(settings.biggestKeys());
        this.biggestElements = new Biggest<>(settings.biggestElements());
    }

    /// The server that is modelled.
    ServerMemory server() {
        if (server == null) {
            server = settings.server().orElseGet(() -> new ServerMemory(writer(), Allocator.JEMALLOC_BUNDLED));
        }
        return server;
    }

    private ServerVersion writer() {
        String valkey = auxiliary.getOrDefault("valkey-ver", "");
        String redis = auxiliary.getOrDefault("redis-ver", "");
        return ServerVersion.parse(Engine.VALKEY, valkey)
                .or(() -> ServerVersion.parse(Engine.REDIS, redis))
                .orElse(UNKNOWN_WRITER);
    }

    /// The moment that times to live count from.
    Instant at() {
        if (at == null) {
            at = settings.at().or(this::written).orElseGet(Instant::now);
        }
        return at;
    }

    private Optional<Instant> written() {
        String seconds = auxiliary.getOrDefault("ctime", "");
        return !seconds.isEmpty() && seconds.length() < 12 && seconds.chars().allMatch(Character::isDigit)
                ? Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)))
                : Optional.empty();
    }

    @Override
    public void format(RdbFormat ofFile) {
        format = Optional.of(ofFile);
    }

    @Override
    public void auxiliary(String auxiliaryName, String value) {
        if (auxiliary.size() < AUXILIARY_MAX) {
            auxiliary.put(auxiliaryName, value);
        }
    }

    @Override
    public void function(String code) {
        if (functions.size() < FUNCTIONS_MAX) {
            functions.add(code);
        }
    }

    @Override
    public void moduleData(String module) {
        if (!moduleData.contains(module) && moduleData.size() < AUXILIARY_MAX) {
            moduleData.add(module);
        }
    }

    @Override
    public void slot(int slot, long keys, long expiring) {
        database(Math.max(0, databaseNumber), false).slots++;
    }

    private DatabaseTally database(int number, boolean select) {
        DatabaseTally tally = databases.computeIfAbsent(number, _ -> new DatabaseTally());
        if (select) {
            database = tally;
            databaseNumber = number;
        }
        return tally;
    }

    @Override
    public void key(RdbKey next) {
        if (databaseNumber != next.database()) {
            if (databaseNumber < 0) {
                model = new MemoryModel(server());
                atMillis = at().toEpochMilli();
            }
            database(next.database(), true);
        }
        key = next;
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
        pattern = byPattern.length == 0 ? -1 : settings.patterns().match(name, 0, nameLength);
        if (pattern >= 0) {
            return byPattern[pattern];
        }
        shape = shapes.of(name, 0, nameLength);
        while (byShape.size() <= shape) {
            byShape.add(null);
        }
        FamilyTally tally = byShape.get(shape);
        if (tally == null) {
            tally = new FamilyTally();
            byShape.set(shape, tally);
        }
        return tally;
    }

    @Override
    public void string(long bytes, boolean integer) {
        model.string(bytes, integer);
    }

    @Override
    public boolean packed(PackedForm form, long bytes, long elements) {
        model.packed(form, bytes, elements);
        return (bytes > settings.elementBytesMin() && form != PackedForm.INTSET && biggestElements.takes(bytes))
                || (wantsFields && key.type() == ValueType.HASH);
    }

    @Override
    public void packedElement(long index, byte[] bytes, int from, int length) {
        if (key.type() == ValueType.HASH) {
            if (index % 2 == 0) {
                if (wantsFields) {
                    family.addField(bytes, from, length);
                }
                lastFieldName = bytes;
                lastFieldFrom = from;
                lastFieldLength = length;
            }
        }
        if (length >= settings.elementBytesMin() && biggestElements.takes(length)) {
            boolean value = key.type() == ValueType.HASH && index % 2 == 1;
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
        if (bytes >= settings.elementBytesMin() && biggestElements.takes(bytes)) {
            String place = key.type() == ValueType.HASH && lastFieldLength > 0
                    ? KeyNames.printable(lastFieldName, 0, lastFieldLength)
                    : Long.toString(elementIndex);
            offerElement(place, bytes);
        }
        elementIndex++;
    }

    private void offerElement(String place, long bytes) {
        biggestElements.offer(
                bytes,
                () -> new BigElement(
                        key.database(), KeyNames.printable(name, 0, nameLength), key.type(), place, bytes));
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
        moduleKeys++;
    }

    @Override
    public void keyEnd(long fileBytes) {
        model.end(fileBytes);
        TimeToLive timeToLive = key.expires() ? TimeToLive.of(key.expiresAt() - atMillis) : TimeToLive.NONE;
        all.add(model, fileBytes);
        database.add(model, fileBytes);
        if (key.expires()) {
            database.expiring++;
        }
        family.add(key, model, fileBytes, timeToLive);
        typeTally(key.type(), model.encoding()).add(model, fileBytes);
        timeTally(timeToLive).add(model, fileBytes);
        if (biggestKeys.takes(model.allocated())) {
            biggestKeys.offer(model.allocated(), () -> row("", fileBytes));
        }
    }

    private Tally typeTally(ValueType type, Encoding encoding) {
        EnumMap<Encoding, Tally> encodings = types.get(type);
        if (encodings == null) {
            encodings = new EnumMap<>(Encoding.class);
            types.put(type, encodings);
        }
        Tally tally = encodings.get(encoding);
        if (tally == null) {
            tally = new Tally();
            encodings.put(encoding, tally);
        }
        return tally;
    }

    private Tally timeTally(TimeToLive timeToLive) {
        Tally tally = timesToLive.get(timeToLive);
        if (tally == null) {
            tally = new Tally();
            timesToLive.put(timeToLive, tally);
        }
        return tally;
    }

    /// The key that ended.
    final KeyRow row(String ofFamily, long fileBytes) {
        return new KeyRow(
                key.database(),
                KeyNames.printable(name, 0, nameLength),
                ofFamily,
                key.type(),
                model.encoding(),
                model.elements(),
                fileBytes,
                model.usage(),
                model.allocated(),
                key.expires() ? Optional.of(Instant.ofEpochMilli(key.expiresAt())) : Optional.empty(),
                key.idleSeconds() < 0 ? OptionalLong.empty() : OptionalLong.of(key.idleSeconds()),
                key.frequency() < 0 ? OptionalInt.empty() : OptionalInt.of(key.frequency()));
    }

    /// The index of the named family of the key that ended; −1 when it is of none.
    final int patternOfKey() {
        return pattern;
    }

    /// The shape of the name of the key that ended, where it is of no named family.
    final int shapeOfKey() {
        return shape;
    }

    long tableBytes(DatabaseTally tally) {
        return model.databaseBytes(tally.keys(), tally.expiring);
    }

    @Override
    public void end(Checksum ofFile) {
        checksum = ofFile;
    }
}
