/** One defence of the product and the tests that hold it: each must fail where the defence is taken out. */
export interface Defence {
  /** What is taken out, as a sentence. */
  name: string;
  /** Path in the repository. */
  file: string;
  /** The text that is replaced; occurs once in the file. */
  from: string;
  to: string;
  /** Test files of which at least one must fail. */
  tests: string[];
}
