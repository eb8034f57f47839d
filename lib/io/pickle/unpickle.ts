import { addItems, nextKey, setEntries } from "./containers.js";
import { findGlobal, Global, StorageType } from "./globals.js";
import { PickleBytes } from "./pickle-bytes.js";
import { corrupt, itemBytes, type StorageRef } from "./values.js";

/** Pickle's own stack marker. */
const MARK = Symbol("mark");
const MEMO_LIMIT = 1 << 24;

/**
 * Reads a pickle of protocol 2 to 5 as data: dictionaries as maps, sets, lists and tuples as arrays, tensors as `TensorRef`s. Names of
 * functions and classes are looked up in a short list and everything else is refused, so that nothing of the file is ever
 * run. LibTorch's unpickler would not do for this: it reads an OrderedDict as None, knows one size of long integers, and trusts the file's
 * shapes.
 *
 * @param recordBytes the size of a storage's record, or -1
 * @throws TorchError `E_DATA`
 */
export function unpickle(data: Uint8Array, recordBytes: (key: string) => number): unknown {
  return new Machine(data, recordBytes).run();
}

class Machine {
  readonly #in: PickleBytes;
  readonly #stack: unknown[] = [];
  readonly #memo: unknown[] = [];
  readonly #recordBytes: (key: string) => number;
  readonly #storages = new Map<string, StorageRef>();

  constructor(data: Uint8Array, recordBytes: (key: string) => number) {
    this.#in = new PickleBytes(data);
    this.#recordBytes = recordBytes;
  }

  run(): unknown {
    if (this.#in.first !== 0x80) corrupt("a pickle without a protocol");
    for (;;) {
      const code = this.#in.byte();
      if (code === 0x2e) break; // STOP
      this.#step(code);
    }
    const result = this.#pop();
    if (this.#stack.length > 0) corrupt("a pickle that leaves values over");
    return result;
  }

  // ----------------------------------------------------------------------------------------------------------- stack

  #push(value: unknown): void {
    this.#stack.push(value);
  }
  #pop(): unknown {
    if (this.#stack.length === 0) corrupt("a pickle that takes more than it gave");
    const value = this.#stack.pop();
    return value === MARK ? corrupt("a pickle with a mark out of place") : value;
  }
  #top(): unknown {
    const value = this.#pop();
    this.#push(value);
    return value;
  }
  #popMany(n: number): unknown[] {
    const out: unknown[] = [];
    for (let i = 0; i < n; i++) out.unshift(this.#pop());
    return out;
  }
  #popToMark(): unknown[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) corrupt("a pickle without a mark");
    return this.#stack.splice(at).slice(1);
  }
  #remember(at: number): void {
    if (at > MEMO_LIMIT) corrupt("a pickle with more memos than values");
    this.#memo[at] = this.#top();
  }
  #recall(at: number): void {
    if (!(at in this.#memo)) corrupt("a pickle that recalls what it never noted");
    this.#push(this.#memo[at]);
  }

  // ----------------------------------------------------------------------------------------------------- instructions

  #step(code: number): void {
    if (this.#scalar(code) || this.#container(code)) return;
    switch (code) {
      case 0x80: // PROTO
        if (this.#in.byte() > 5) corrupt("a pickle of a protocol beyond 5");
        break;
      case 0x95: // FRAME
        this.#in.take(8);
        break;
      case 0x71: // BINPUT
        this.#remember(this.#in.byte());
        break;
      case 0x72: // LONG_BINPUT
        this.#remember(this.#in.uint32());
        break;
      case 0x94: // MEMOIZE
        this.#remember(this.#memo.length);
        break;
      case 0x68: // BINGET
        this.#recall(this.#in.byte());
        break;
      case 0x6a: // LONG_BINGET
        this.#recall(this.#in.uint32());
        break;
      case 0x30: // POP
        if (this.#stack.pop() === undefined) corrupt("a pickle that takes more than it gave");
        break;
      case 0x31: // POP_MARK
        this.#popToMark();
        break;
      case 0x32: // DUP
        this.#push(this.#top());
        break;
      case 0x63: // GLOBAL
        this.#push(this.#global(this.#in.line(), this.#in.line()));
        break;
      case 0x93: {
        // STACK_GLOBAL
        const [module, name] = this.#popMany(2);
        if (typeof module !== "string" || typeof name !== "string") corrupt("a name that is no text");
        this.#push(this.#global(module, name));
        break;
      }
      case 0x52: // REDUCE
      case 0x81: // NEWOBJ
        this.#reduce();
        break;
      case 0x62: // BUILD
        this.#build();
        break;
      case 0x51: // BINPERSID
        this.#push(this.#storage(this.#pop()));
        break;
      default:
        corrupt(`pickle instruction 0x${code.toString(16)}`);
    }
  }

  #scalar(code: number): boolean {
    switch (code) {
      case 0x4e: // NONE
        this.#push(null);
        return true;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        this.#push(code === 0x88);
        return true;
      case 0x4a: // BININT
        this.#push(this.#in.int32());
        return true;
      case 0x4b: // BININT1
        this.#push(this.#in.byte());
        return true;
      case 0x4d: // BININT2
        this.#push(this.#in.uint16());
        return true;
      case 0x8a: // LONG1
        this.#push(this.#in.long(this.#in.byte()));
        return true;
      case 0x8b: // LONG4
        this.#push(this.#in.long(this.#in.uint32()));
        return true;
      case 0x47: // BINFLOAT
        this.#push(this.#in.double());
        return true;
      case 0x58: // BINUNICODE
        this.#push(this.#in.text(this.#in.uint32()));
        return true;
      case 0x8c: // SHORT_BINUNICODE
        this.#push(this.#in.text(this.#in.byte()));
        return true;
      case 0x8d: // BINUNICODE8
        this.#push(this.#in.text(this.#in.uint64()));
        return true;
      case 0x55: // SHORT_BINSTRING: Python 2
        this.#push(this.#in.text(this.#in.byte(), "latin1"));
        return true;
      case 0x54: // BINSTRING
        this.#push(this.#in.text(this.#in.uint32(), "latin1"));
        return true;
      case 0x43: // SHORT_BINBYTES
        this.#push(this.#in.bytes(this.#in.byte()));
        return true;
      case 0x42: // BINBYTES
        this.#push(this.#in.bytes(this.#in.uint32()));
        return true;
      case 0x8e: // BINBYTES8
        this.#push(this.#in.bytes(this.#in.uint64()));
        return true;
      default:
        return false;
    }
  }

  #container(code: number): boolean {
    switch (code) {
      case 0x28: // MARK
        this.#push(MARK);
        return true;
      case 0x7d: // EMPTY_DICT
        this.#push(new Map());
        return true;
      case 0x8f: // EMPTY_SET
        this.#push(new Set());
        return true;
      case 0x5d: // EMPTY_LIST
      case 0x29: // EMPTY_TUPLE
        this.#push([]);
        return true;
      case 0x74: // TUPLE
      case 0x6c: // LIST
        this.#push(this.#popToMark());
        return true;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        this.#push(this.#popMany(code - 0x84));
        return true;
      case 0x64: {
        // DICT
        const items = this.#popToMark();
        this.#push(new Map());
        this.#setItems(items);
        return true;
      }
      case 0x61: // APPEND
        this.#addItems(this.#popMany(1));
        return true;
      case 0x65: // APPENDS
      case 0x90: // ADDITEMS
        this.#addItems(this.#popToMark());
        return true;
      case 0x73: // SETITEM
        this.#setItems(this.#popMany(2));
        return true;
      case 0x75: // SETITEMS
        this.#setItems(this.#popToMark());
        return true;
      default:
        return false;
    }
  }

  #addItems(items: readonly unknown[]): void {
    addItems(this.#top(), items);
  }
  #setItems(items: readonly unknown[]): void {
    setEntries(this.#top(), items);
  }

  /** What a name stands for; the error for one that is unknown says where in the file it is. */
  #global(module: string, name: string): unknown {
    return findGlobal(module, name, { isAll: this.#stack.length === 0, key: nextKey(this.#stack, MARK) });
  }

  #reduce(): void {
    const args = this.#pop();
    const fn = this.#pop();
    if (!(fn instanceof Global) || !Array.isArray(args)) corrupt("a call of what is no function");
    this.#push(fn.call(args));
  }

  /** The attributes of an OrderedDict (versions of modules, in a state dict) are left out; nothing else may have any. */
  #build(): void {
    this.#pop();
    if (!(this.#top() instanceof Map)) corrupt("an object with a state of its own");
  }

  #storage(id: unknown): StorageRef {
    const [kind, type, key, location, count] = Array.isArray(id) ? (id as unknown[]) : [];
    const isRight =
      kind === "storage" &&
      type instanceof StorageType &&
      typeof key === "string" &&
      typeof location === "string" &&
      Number.isSafeInteger(count) &&
      (count as number) >= 0;
    if (!isRight) corrupt("a reference to no storage");
    const bytes = (count as number) * (type.dtype === null ? 1 : itemBytes(type.dtype));
    const known = this.#storages.get(key);
    if (known !== undefined && known.bytes !== bytes) corrupt(`storage "${key}" in two sizes`);
    const there = this.#recordBytes(key);
    if (bytes > 0 && there < bytes) {
      corrupt(there < 0 ? `no record of storage "${key}"` : `${there} bytes where storage "${key}" needs ${bytes}`);
    }
    const storage: StorageRef = { key, bytes, dtype: type.dtype };
    this.#storages.set(key, storage);
    return storage;
  }
}
