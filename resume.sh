. ./h.sh
A="sweep --set steps=30 --over rho=0:0.3:6 --over base=sgd,adam --seeds 4"
$S $A -o full.csv 2>/dev/null; wc full.csv
sz=$(stat -c %s full.csv)
for i in $(seq 40); do n=$((RANDOM%(sz+1))); head -c $n full.csv > part.csv; timeout 20 $S $A -o part.csv 2>err.txt; rc=$?; cmp -s full.csv part.csv || echo "n=$n rc=$rc DIFF $(cat err.txt)"; done
for n in 0 1 4 5 $((sz-1)) $sz; do head -c $n full.csv > part.csv; timeout 20 $S $A -o part.csv 2>err.txt; rc=$?; cmp full.csv part.csv; echo "n=$n rc=$rc $(cat err.txt)"; done
# extra trailing
for x in '\n' 'x' '\r\n' '\0' '96,0,sgd,22,base'; do cp full.csv part.csv; printf "$x" >> part.csv; cp part.csv b.csv; timeout 20 $S $A -o part.csv; echo "rc=$? trailing $x"; cmp b.csv part.csv; done
# CRLF
sed 's/$/\r/' full.csv|head -c 2000 > part.csv; cp part.csv b.csv; $S $A -o part.csv; echo rc=$?; cmp b.csv part.csv
# corrupted in middle
head -c 5000 full.csv > part.csv; printf 'Z' | dd of=part.csv bs=1 seek=2500 conv=notrunc 2>/dev/null;cp part.csv b.csv; $S $A -o part.csv; echo rc=$?; cmp b.csv part.csv
# corrupted number in middle row (undetected by doc?) 
head -c 5000 full.csv > part.csv; sed -n 20p part.csv | cut -c1-150
# NUL tail (crash sparse)
head -c 5000 full.csv > part.csv; head -c 600 /dev/zero >> part.csv; cp part.csv b.csv; $S $A -o part.csv; echo "nul rc=$?"; cmp b.csv part.csv
# changed set
for c in "--set eta=0.41" "--set steps=31" "--set seed=3" "--run-name sam" "--seeds 5" "--over p=1,2" "--set title=x" "--set crowd=181"; do head -c 5000 full.csv > part.csv; cp part.csv b.csv; if [[ $c == *seeds* ]]; then A2="sweep --set steps=30 --over rho=0:0.3:6 --over base=sgd,adam $c"; elif [[ $c == *steps* ]]; then A2="sweep $c --over rho=0:0.3:6 --over base=sgd,adam --seeds 4"; else A2="$A $c"; fi; timeout 20 $S $A2 -o part.csv; echo "rc=$? changed $c"; cmp -s b.csv part.csv || echo CHANGED; done
# file is a scene / own
printf 'format=2\n' > sc.toml; $S sweep sc.toml --seeds 2 -o sc.toml; echo rc=$?; cat sc.toml
ln -sf full.csv l.csv; $S $A -o l.csv; echo rc=$?; ls -la l.csv
rm -f dang.csv tgt.csv; ln -s tgt.csv dang.csv; $S sweep --set steps=3 --seeds 2 -o dang.csv; echo rc=$?; ls -la dang.csv tgt.csv
printf '' > empty.csv; $S sweep --set steps=3 --seeds 2 -o empty.csv; echo rc=$?; wc -l empty.csv
printf 'cell' > p.csv; $S sweep --set steps=3 --seeds 2 -o p.csv; echo rc=$?; 
printf 'my notes' > p.csv; $S sweep --set steps=3 --seeds 2 -o p.csv; echo rc=$?; cat p.csv
