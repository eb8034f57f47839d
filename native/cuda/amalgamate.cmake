# cmake -DINPUTS="a.h;b.h;c.cu" -DOUTPUT=all.cu -P amalgamate.cmake: one file without includes, for nvcc and for NVRTC alike.
set(text "// Made from native/kernels and native/cuda/kernels.cu.\n")
foreach(input ${INPUTS})
  file(READ "${input}" one)
  string(REGEX REPLACE "#pragma once\n" "" one "${one}")
  string(REGEX REPLACE "#include \"[^\"]*\"\n" "" one "${one}")
  string(APPEND text "${one}")
endforeach()
file(WRITE "${OUTPUT}" "${text}")
