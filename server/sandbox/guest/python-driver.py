# Runs inside the interpreter, before and around the user's code. It is no border: the code may break all of it and harms
# only its own run.
import ast
import collections
import datetime
import decimal
import io
import json
import math
import re
import sys
import traceback

FILE_NAME = "user-code"
MAX_LOG_LINES = 200
MAX_LOG_CHARS = 4000
NOTHING = object()


class Data(dict):
    """An object of the data: item.json.name and item["json"]["name"] are the same."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no field {name!r}", name=name, obj=self) from None

    def __setattr__(self, name, value):
        self[name] = value

    def __delattr__(self, name):
        del self[name]

    def to_py(self, **_options):
        return self


class Moment(datetime.datetime):
    def toISO(self):
        return self.isoformat(timespec="milliseconds")

    def toMillis(self):
        return round(self.timestamp() * 1000)


class Lines(io.TextIOBase):
    """Takes what the code prints, line by line."""

    def __init__(self, level, lines):
        self.level, self.lines, self.part = level, lines, ""

    def writable(self):
        return True

    def write(self, text):
        *whole, rest = text.split("\n")
        for line in whole:
            self.add(self.part + line)
            self.part = ""
        self.part = (self.part + rest)[:MAX_LOG_CHARS]
        return len(text)

    def add(self, line):
        if len(self.lines) < MAX_LOG_LINES:
            self.lines.append({"level": self.level, "message": line[:MAX_LOG_CHARS]})
        else:
            message = f"Only the first {MAX_LOG_LINES} lines are kept."
            self.lines[-1] = {"level": "warn", "message": message}

    def end(self):
        if self.part:
            self.add(self.part)


class Output:
    """What a node gave: the items of one of its runs."""

    def __init__(self, items, current):
        self.list, self.current = items, current

    def all(self):
        return self.list

    def first(self):
        return self.list[0] if self.list else None

    def last(self):
        return self.list[-1] if self.list else None

    @property
    def item(self):
        return self.current()


def views(items):
    made = []
    for item in items:
        view = Data(json=item["json"])
        if item.get("files"):
            view["binary"] = item["files"]
        if item.get("source") is not None:
            view["pairedItem"] = item["source"]
        made.append(view)
    return made


def names_for(items, context, index, offset):
    """The names that the code finds, for the item with this index."""
    nodes = context.get("$nodes") or {}
    base = (context.get("$itemIndex") or 0) if len(items) == 1 else 0

    def output(name, branch=None, run=None):
        if name not in nodes:
            raise NameError(f"Referenced node doesn't exist or hasn't been executed: '{name}'")
        node = nodes[name]
        runs = node["runs"]
        number = len(runs) - 1 if run is None or run == -1 else run
        if not 0 <= number < len(runs):
            raise IndexError(f"Run {number} of node '{name}' doesn't exist")
        port = node["outputPorts"][branch] if branch is not None else node.get("port") or node["outputPorts"][0]
        return views(runs[number].get(port) or [])

    def matching(name):
        found = output(name)
        if len(found) == 1:
            return found[0]
        if (base > 0 or len(found) == len(items)) and base + index < len(found):
            return found[base + index]
        raise LookupError(
            f"Which item of '{name}' belongs to item {index} cannot be told; use _('{name}').all(), first() or last()"
        )

    class Reference:
        def __init__(self, name):
            self.name = name

        def all(self, branch=None, run=None):
            return output(self.name, branch, run)

        def first(self, branch=None, run=None):
            return next(iter(output(self.name, branch, run)), None)

        def last(self, branch=None, run=None):
            return next(reversed(output(self.name, branch, run)), None)

        @property
        def item(self):
            return matching(self.name)

        @property
        def json(self):
            return matching(self.name).json

        @property
        def isExecuted(self):
            return bool(nodes.get(self.name, {}).get("runs"))

    class Nodes:
        def __getitem__(self, name):
            return Reference(name)

        __getattr__ = __getitem__

    def static_data(*_kind):
        raise NotImplementedError("Static data is there for JavaScript only. Keep such values in a data table.")

    zone = datetime.timezone(datetime.timedelta(minutes=offset))
    now = Moment.fromtimestamp(context["$now"] / 1000, zone) if context.get("$now") else Moment.now(zone)
    item = items[index] if index < len(items) else None
    execution = dict(context.get("$execution") or {})
    execution["mode"] = "test" if execution.get("mode") == "manual" else "production"
    return {
        "items": items,
        "_items": items,
        "_input": Output(items, lambda: item),
        "item": item,
        "_item": item,
        "_json": item.json if item else Data(),
        "_binary": item.get("binary", Data()) if item else Data(),
        "_itemIndex": base + index,
        "_runIndex": context.get("$runIndex") or 0,
        "_node": Nodes(),
        "_": Reference,
        "_now": now,
        "_today": now.replace(hour=0, minute=0, second=0, microsecond=0),
        "_workflow": context.get("$workflow") or Data(),
        "_execution": Data(execution),
        "_vars": context.get("$vars") or Data(),
        "_env": context.get("$env") or Data(),
        "_getWorkflowStaticData": static_data,
    }


class PlainAssignments(ast.NodeTransformer):
    """Names that are declared global may not have a type; in the code's own functions and classes everything stays."""

    def visit_AnnAssign(self, node):
        if not isinstance(node.target, ast.Name):
            return node
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)

    def stay(self, node):
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = stay


def compiled(source):
    """The code as the body of a function, so that it may return and await, whose names are those of a module."""
    body = compile(source, FILE_NAME, "exec", ast.PyCF_ONLY_AST).body
    body = [PlainAssignments().visit(node) for node in body]
    end = ast.Return(ast.Name("linkflow_nothing", ast.Load()))

    def build(first):
        arguments = ast.arguments([], [], None, [], [], None, [])
        main = ast.AsyncFunctionDef("linkflow_main", arguments, [*first, *body, end], [], None, None, [])
        for node in [*first, end, main]:
            ast.copy_location(node, body[-1] if body else ast.Pass(lineno=1, col_offset=0))
        return compile(ast.fix_missing_locations(ast.Module([main], [])), FILE_NAME, "exec")

    try:
        plain = build([])
    except SyntaxError as error:
        if "async generator" in error.msg:
            error.msg = "'yield' outside function"
        raise
    code = next(one for one in plain.co_consts if hasattr(one, "co_varnames"))
    assigned = [name for name in (*code.co_varnames, *code.co_cellvars) if name.isidentifier()]
    if not assigned:
        return plain
    try:
        return build([ast.Global(list(dict.fromkeys(assigned)))])
    except SyntaxError:
        return plain  # `nonlocal` in a function of the code asks for names of a function


def plain(value):
    """Values that JSON has no word for, as the nearest that it has."""
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (set, frozenset, collections.deque)):
        return list(value)
    if isinstance(value, decimal.Decimal):
        return float(value)
    if hasattr(value, "to_py"):
        return value.to_py()
    return [*value] if hasattr(value, "__next__") else json.JSONEncoder.default(encoder, value)


def finite(value):
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: finite(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [finite(one) for one in value]
    return value


encoder = json.JSONEncoder(allow_nan=False, default=plain)


def to_json(value):
    try:
        return encoder.encode(value)
    except ValueError as error:
        if "Out of range float" not in str(error):
            raise
        return encoder.encode(finite(value))


def failure(error, index=None):
    if isinstance(error, MemoryError):
        return {"state": "failed", "memory": True}
    line = column = None
    frame = error.__traceback__
    while frame:
        code = frame.tb_frame.f_code
        if code.co_filename == FILE_NAME:
            line, column = frame.tb_lineno, list(code.co_positions())[frame.tb_lasti // 2][2]
        frame = frame.tb_next
    if line is None and isinstance(error, SyntaxError):
        line, column = error.lineno, (error.offset or 1) - 1
    try:
        told = traceback.TracebackException(type(error), error, None)
        told.__notes__ = None
        message = [*told.format_exception_only()][-1].strip()
    except BaseException:
        message = type(error).__name__
    return {
        "state": "failed",
        "message": message[:MAX_LOG_CHARS],
        "line": line,
        "column": None if column is None else column + 1,
        "itemIndex": index,
    }


async def run_code(request, offset):
    items = views(request["items"])
    code = compiled(request["source"])
    most = request["maxChars"]

    async def once(index):
        names = {"__name__": "__main__", "linkflow_nothing": NOTHING}
        names.update(names_for(items, request["context"], index, offset))
        exec(code, names)
        value = await names["linkflow_main"]()
        return None if value is NOTHING else to_json(value)

    if request["mode"] != "each-item":
        value = await once(0)
        if value is not None and len(value) > most:
            return {"state": "failed", "tooLarge": True}
        return {"state": "done", "value": value}
    parts, missing, size = [], [], 0
    for index in range(len(items)):
        try:
            text = await once(index)
        except BaseException as error:
            return failure(error, index)
        if text is None:
            missing.append(index)
        parts.append("null" if text is None else text)
        size += len(parts[-1])
        if size > most:
            return {"state": "failed", "tooLarge": True, "itemIndex": index}
    return {"state": "done", "value": f"[{','.join(parts)}]", "missing": missing}


async def linkflow_run(text, offset):
    logs = []
    sys.stdout, sys.stderr = streams = Lines("info", logs), Lines("warn", logs)
    # its state came with the image of the memory, and would be the same for everybody
    if "random" in sys.modules:
        sys.modules["random"].seed()
    try:
        answer = await run_code(json.loads(text, object_hook=Data), offset)
    except BaseException as error:
        answer = failure(error)
    for stream in streams:
        stream.end()
    return json.dumps({**answer, "logs": logs})
