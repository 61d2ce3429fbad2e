"""One decision over many cases: started in one act, worked through case by case, resumed after a crash."""
