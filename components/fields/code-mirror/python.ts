import { StreamLanguage, type StringStream } from '@codemirror/language';

const KEYWORDS =
  /^(?:and|as|assert|async|await|break|case|class|continue|def|del|elif|else|except|finally|for|from|global|if|import|in|is|lambda|match|nonlocal|not|or|pass|raise|return|try|while|with|yield)$/;
const ATOMS = /^(?:True|False|None)$/;

interface State {
  /** The quotes that end the text we are in, over several lines. */
  quotes: string | null;
  /** The word before was def or class. */
  defines: boolean;
  /** Columns before the line, and whether it ends with a colon, so that the next one belongs into it. */
  indent: number;
  opens: boolean;
}

/** Colours for Python. */
export const python = () => language;

const language = StreamLanguage.define<State>({
  name: 'python',
  startState: () => ({ quotes: null, defines: false, indent: 0, opens: false }),
  token(stream, state) {
    if (state.quotes) return text(stream, state, state.quotes);
    if (stream.sol()) state.indent = stream.indentation();
    if (stream.eatSpace()) return null;
    if (stream.match(/^#.*/)) return 'comment';
    state.opens = stream.peek() === ':';
    const opened = stream.match(/^[rbfuRBFU]{0,2}("""|'''|"|')/);
    if (opened && opened !== true) return text(stream, state, opened[1]!);
    if (stream.match(/^(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|\d[\d_]*\.?[\d_]*(?:[eE][+-]?\d+)?j?)/))
      return 'number';
    if (stream.match(/^@[\w.]+/)) return 'meta';
    const word = stream.match(/^[\p{L}_][\p{L}\d_]*/u);
    if (!word || word === true) {
      stream.next();
      return null;
    }
    const { defines } = state;
    state.defines = word[0] === 'def' || word[0] === 'class';
    if (KEYWORDS.test(word[0])) return 'keyword';
    if (ATOMS.test(word[0])) return 'bool';
    return defines ? 'def' : 'variableName';
  },
  indent: (state, _after, context) => state.indent + (state.opens ? context.unit : 0),
  languageData: {
    commentTokens: { line: '#' },
    closeBrackets: { brackets: ['(', '[', '{', "'", '"', "'''", '"""'] },
    indentOnInput: /^\s*(?:elif |else:|except |finally:)$/,
  },
});

/** The rest of a text, up to its end or that of the line. */
function text(stream: StringStream, state: State, quotes: string): string {
  state.quotes = quotes.length > 1 ? quotes : null; // a short text ends with its line
  while (!stream.eol()) {
    if (stream.match(quotes)) {
      state.quotes = null;
      break;
    }
    if (stream.next() === '\\') stream.next();
  }
  return 'string';
}
