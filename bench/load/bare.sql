@{statement};
