package dev.drawbridge.grammar;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.WasmFunctionHandle;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// One instance of the parser, with 2 MB of memory of its own that grows as texts need it. For one
/// thread at a time. What is thrown other than a [SyntaxException] leaves it unusable.
final class ParserInstance {
    private static final String WASI = "wasi_snapshot_preview1";
    private static final long BAD_FILE = 8;

    private final Instance instance;
    private final GlobalInstance stack;
    private final ExportFunction setThrew;
    private final ExportFunction malloc;
    private final ExportFunction free;
    private final ExportFunction parse;
    private final ExportFunction freeResult;

    /// The module's `longjmp`, up to the nearest `invoke_…`.
    private static final class Unwind extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unwind() {
            super("longjmp", null, false, false);
        }
    }

    ParserInstance() {
        instance =
                Instance.builder(PostgresParser.load())
                        .withImportValues(ImportValues.builder().addFunction(imports()).build())
                        .withMachineFactory(PostgresParser::create)
                        .withStart(false)
                        .build();
        stack = instance.exports().global("__stack_pointer");
        setThrew = instance.export("setThrew");
        malloc = instance.export("malloc");
        free = instance.export("free");
        parse = instance.export("parse");
        freeResult = instance.export("free_result");
    }

    /// The tree of a text as libpg_query writes it, JSON.
    ///
    /// @param text in UTF-8 without NUL
    /// @throws SyntaxException for one that PostgreSQL does not read
    String parse(byte[] text) {
        int sql = allocate(text.length + 1);
        instance.memory().write(sql, text);
        instance.memory().writeByte(sql + text.length, (byte) 0);
        int result = (int) parse.apply(sql)[0];
        free.apply(sql);
        if (result == 0) {
            throw new IllegalStateException("The parser has no memory.");
        }
        // struct PgQueryParseResult { char *parse_tree, *stderr_buffer; PgQueryError *error; }
        int error = instance.memory().readInt(result + 8);
        if (error == 0) {
            String tree = instance.memory().readCString(instance.memory().readInt(result));
            freeResult.apply(result);
            return tree;
        }
        // struct PgQueryError { char *message, *funcname, *filename; int lineno, cursorpos; … }
        var refused =
                new SyntaxException(
                        instance.memory().readCString(instance.memory().readInt(error)),
                        instance.memory().readInt(error + 16));
        freeResult.apply(result);
        throw refused;
    }

    /// What the parser holds, in bytes.
    long memory() {
        return 65_536L * instance.memory().pages();
    }

    private int allocate(int bytes) {
        int address = (int) malloc.apply(bytes)[0];
        if (address == 0) {
            throw new IllegalStateException("The parser has no memory.");
        }
        return address;
    }

    private HostFunction[] imports() {
        return Stream.concat(
                        Stream.of("v", "vi", "viii", "i", "ii", "iii").map(this::invoke),
                        Stream.of(
                                function(
                                        "host",
                                        "unwind",
                                        "v",
                                        (_, _) -> {
                                            throw new Unwind();
                                        }),
                                function("env", "getpid", "i", (_, _) -> new long[] {1}),
                                noFile("fd_close", "ii"),
                                noFile("fd_fdstat_get", "iii"),
                                noFile("fd_read", "iiiii"),
                                noFile("fd_seek", "iijii"),
                                noFile("fd_write", "iiiii"),
                                function(
                                        WASI,
                                        "proc_exit",
                                        "vi",
                                        (_, _) -> {
                                            throw new IllegalStateException("The parser gave up.");
                                        })))
                .toArray(HostFunction[]::new);
    }

    /// A call that a `longjmp` may end: then the caller reads in `__THREW__` where to go on. See
    /// LLVM's WebAssemblyLowerEmscriptenEHSjLj.
    private HostFunction invoke(String signature) {
        boolean isVoid = signature.startsWith("v");
        String called = signature.charAt(0) + "i" + signature.substring(1);
        return function(
                "env",
                "invoke_" + signature,
                called,
                (caller, arguments) -> {
                    long before = stack.getValue();
                    try {
                        int target = caller.table(0).requiredRef((int) arguments[0]);
                        return caller.getMachine()
                                .call(target, Arrays.copyOfRange(arguments, 1, arguments.length));
                    } catch (Unwind _) {
                        stack.setValue(before);
                        setThrew.apply(1, 0);
                        return isVoid ? null : new long[] {0};
                    }
                });
    }

    /// There are no files here.
    private static HostFunction noFile(String name, String signature) {
        return function(WASI, name, signature, (_, _) -> new long[] {BAD_FILE});
    }

    /// @param signature its result and its parameters: v(oid), i(32 bits), j (64 bits)
    private static HostFunction function(
            String module, String name, String signature, WasmFunctionHandle handle) {
        List<ValType> types =
                signature
                        .chars()
                        .filter(type -> type != 'v')
                        .mapToObj(type -> type == 'j' ? ValType.I64 : ValType.I32)
                        .toList();
        int results = signature.startsWith("v") ? 0 : 1;
        return new HostFunction(
                module,
                name,
                FunctionType.of(types.subList(results, types.size()), types.subList(0, results)),
                handle);
    }
}
