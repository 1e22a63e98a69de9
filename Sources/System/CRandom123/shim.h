#pragma once
#include <Random123/philox.h>
