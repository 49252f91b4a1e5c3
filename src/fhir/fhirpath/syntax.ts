/** The syntax tree of an expression; `at` is the offset in its text, for messages. */
export type Syntax =
  | LiteralSyntax
  | { readonly kind: 'empty'; readonly at: number }
  | { readonly kind: 'this' | 'index' | 'total'; readonly at: number }
  | { readonly kind: 'variable'; readonly name: string; readonly at: number }
  | MemberSyntax
  | CallSyntax
  | {
      readonly kind: 'indexer';
      readonly input: Syntax;
      readonly index: Syntax;
      readonly at: number;
    }
  | {
      readonly kind: 'unary';
      readonly operator: '+' | '-';
      readonly operand: Syntax;
      readonly at: number;
    }
  | BinarySyntax
  | TypeSyntax;

/** A literal; `text` keeps the digits of a number. */
export interface LiteralSyntax {
  readonly kind: 'literal';
  readonly type: LiteralType;
  readonly value: string | number | boolean;
  readonly text: string;
  /** The unit of a Quantity. */
  readonly unit?: string;
  /** Whether the unit is a word of the calendar (`4 days`) and no UCUM code. */
  readonly isCalendar?: boolean;
  readonly at: number;
}

/** The System types that a literal can have. */
export type LiteralType =
  'Boolean' | 'String' | 'Integer' | 'Decimal' | 'Date' | 'DateTime' | 'Time' | 'Quantity';

/** A name after a dot, or at the start of a path when it has no input. */
export interface MemberSyntax {
  readonly kind: 'member';
  readonly input?: Syntax;
  readonly name: string;
  readonly at: number;
}

/** A function with its arguments; without input it applies to `$this`. */
export interface CallSyntax {
  readonly kind: 'call';
  readonly input?: Syntax;
  readonly name: string;
  readonly args: readonly Syntax[];
  readonly at: number;
}

/** An operator between two expressions. */
export interface BinarySyntax {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Syntax;
  readonly right: Syntax;
  readonly at: number;
}

/** `is` and `as` with the name of a type. */
export interface TypeSyntax {
  readonly kind: 'type';
  readonly operator: 'is' | 'as';
  readonly operand: Syntax;
  readonly type: string;
  readonly at: number;
}
