package dev.drawbridge.gateway.advice;

import java.util.ArrayDeque;
import java.util.Deque;

/// The parentheses around a place in an expression; those in quotes are none.
///
/// @param from where the opening one stands; -1 for none
/// @param to where the closing one stands; the end of the text for none
record Parentheses(int from, int to) {
    static Parentheses around(String text, int place) {
        Deque<Integer> open = new ArrayDeque<>();
        int from = -1;
        int depth = -1;
        for (int i = 0; i < text.length(); i++) {
            if (i == place) {
                from = open.isEmpty() ? -1 : open.peek();
                depth = open.size();
            }
            char character = text.charAt(i);
            if (character == '\'' || character == '"') {
                int end = text.indexOf(character, i + 1);
                i = end < 0 ? text.length() : end;
            } else if (character == '(') {
                open.push(i);
            } else if (character == ')' && !open.isEmpty()) {
                if (depth == open.size() && i >= place) {
                    return new Parentheses(from, i);
                }
                open.pop();
            }
        }
        return new Parentheses(from, text.length());
    }
}
