const BEYOND =
  /[^\p{scx=Latin}\p{scx=Greek}\p{scx=Cyrillic}\p{scx=Arabic}\p{scx=Hebrew}\p{scx=Armenian}\p{scx=Georgian}\p{scx=Common}\p{scx=Inherited}]|\p{Emoji_Presentation}/u;

/** Whether a text has letters or signs that DejaVu Sans lacks, such as those of Chinese, Hindi and emoji. */
export const hasOtherLetters = (text: string): boolean => BEYOND.test(text);
