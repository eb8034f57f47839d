# cmake -DINPUT=file -DOUTPUT=x.cpp -DNAME=kName -P embed.cmake: the file's bytes, and a zero behind them, as an array (aligned: the driver reads whole words).
file(READ "${INPUT}" bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE "${OUTPUT}" "alignas(16) extern const unsigned char ${NAME}[] = {\n${bytes}0};\nextern const unsigned long long ${NAME}Size = sizeof(${NAME}) - 1;\n")
